"""A case after its suggestion: what happened to it, what was promised, how it ends, its record."""
