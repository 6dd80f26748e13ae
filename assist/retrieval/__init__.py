"""Finding evidence: chunks, queries, fusion, search, and how well what was found answers."""
