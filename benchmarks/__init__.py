"""What the goals of speed are measured by: ratios to a peer in the same run, never a timed test."""
