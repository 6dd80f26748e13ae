"""How well the check of replies tells what passages support from what they do not."""
