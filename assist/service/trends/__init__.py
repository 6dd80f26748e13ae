"""Use cases: what the company should learn from its cases."""
