"""What is sure before any result is known: ranges, what a test says, whether a value rises or falls."""
