"""Homes: at which evaluations each term exists, worked out in the order in which terms rest on others."""
