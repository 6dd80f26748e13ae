"""Use cases: what a command or a route calls, one file each."""
