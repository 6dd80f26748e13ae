"""Intervals and tests over cases, and their check on simulated data with a known truth."""
