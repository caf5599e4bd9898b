"""What the worked examples of a contract show, and examples that would show the rest."""
