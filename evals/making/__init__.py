"""Eval cases made of real work: of a case that was decided on, and of tickets kept elsewhere."""
