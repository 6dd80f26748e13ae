"""Scorecards of quality assurance: what is asked of a conversation, who answers it, and the score.

`rubric` is the YAML; `checks` answer what can be told from what is recorded; `judging` asks a
model; what neither can tell is left to a person and never guessed.
"""
