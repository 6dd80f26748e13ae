"""One file per change, oldest first. A released file is never edited."""
