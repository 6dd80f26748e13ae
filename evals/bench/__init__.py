"""The bench: speed, memory, retrieval quality, and when there is an answer. Prints, never gates."""
