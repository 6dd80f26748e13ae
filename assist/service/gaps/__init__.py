"""Use cases: tickets -> gaps, their proposed fixes, and the proof of a fix."""
