"""ragas as a guest: its numbers, its judge, its versions, and people beside it."""
