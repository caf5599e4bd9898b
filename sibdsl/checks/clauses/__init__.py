"""Checks clause by clause: one module for each kind of statement, one function for each finding."""
