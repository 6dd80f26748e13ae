"""Two runs of a suite, case by case: what differs, how surely, and what flipped."""
