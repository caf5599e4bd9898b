"""The fifth stage: a plan and what was reported become a determination, with every reason."""
