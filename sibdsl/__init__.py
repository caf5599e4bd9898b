"""A small language for the payment terms of social impact bonds."""
