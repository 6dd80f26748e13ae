"""The commands of `assist-evals`, one file each."""
