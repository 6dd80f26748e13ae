"""Recorded conversations under a rubric: where they come from, what they score, how it is shown."""
