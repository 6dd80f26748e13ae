"""Where a language model helps, and what becomes of its replies. It never has the last word."""
