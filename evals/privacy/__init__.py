"""How much of the personal data in labelled texts a veil hides."""
