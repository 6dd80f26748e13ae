"""ragas as a guest: what it is shown of a run, what is asked of a judge, what comes of it."""
