"""Types: the unit of every expression by the type table, and what does not go together."""
