"""Runs of suites: what is tried and with what, kept as it finishes, summed up and gated."""
