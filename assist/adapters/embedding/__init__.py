"""Text to vectors by a sentence-transformers model, compiled once: serving needs no torch."""
