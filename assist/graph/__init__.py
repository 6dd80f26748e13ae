"""The steps of solving a problem, one file each, joined in `build.py`."""
