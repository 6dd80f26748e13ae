"""Counts and faults of each article -> how it does, and which want an editor first."""
