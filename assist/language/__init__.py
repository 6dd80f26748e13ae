"""Plain text work that several thinkers share: sentences, statements, phrases."""
