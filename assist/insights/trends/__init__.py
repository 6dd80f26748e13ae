"""Cases of a time -> what changed, what keeps coming, and what it cost."""
