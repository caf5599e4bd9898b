"""What comes in: rows of results, claims and participants, read, validated and bound to a plan."""
