"""The third stage: a checked tree becomes a plan, the finite graph of terms that says what it means."""
