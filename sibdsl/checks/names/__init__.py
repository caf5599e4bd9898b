"""Names: each declared once, every use of one resolved; the evaluations and outcomes among them."""
