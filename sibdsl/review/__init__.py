"""Two versions of a contract: what changed, for whom, and by how much."""
