"""What goes out: findings and determinations as text, JSON, CSV and JUnit reports."""
