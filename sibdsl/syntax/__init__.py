"""Text to tree: the grammar's tables, the words of each language, the nodes."""
