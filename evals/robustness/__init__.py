"""Tickets changed without changing what they mean: the decision must not move."""
