"""What a careful reader would ask about a contract in which nothing is refused."""
