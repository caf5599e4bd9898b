"""When payments fall due, the order they are settled in, and what bears on them."""
