"""What one contract is made of: its own file, and the files that it names."""
