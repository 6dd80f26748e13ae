"""A heading -> the question that a customer would ask instead of it, by rules of English."""

import re

from evals.robustness.substitution import Table, exchanged

_THEIRS: Table = (
    ("you are", "I am"),
    ("you were", "I was"),
    ("your", "my"),
    ("yours", "mine"),
    ("yourself", "myself"),
    ("you", "I"),
)
"""The article speaks to the reader; the reader speaks of themselves."""
_ASKS = frozenset(
    {"what", "which", "who", "whom", "whose", "when", "where", "why", "how", "is", "are", "can"}
    | {"do", "does", "did", "will", "should", "may", "must", "has", "have"}
)
_CONDITION = frozenset({"if", "in"})
_DOES = frozenset(
    {"activate", "add", "allow", "apply", "ask", "authorize", "book", "bring", "buy", "call"}
    | {"cancel", "change", "charge", "check", "choose", "claim", "clean", "close", "complain"}
    | {"connect", "contact", "copy", "create", "delete", "descale", "disable", "disconnect"}
    | {"download"}
    | {"edit", "enable", "exchange", "export", "factory-reset", "fill", "find", "fix"}
    | {"follow", "get", "give", "hand", "hear", "install", "invite", "join", "keep", "leave"}
    | {"link", "log", "look", "lose", "make", "manage", "measure", "move", "open", "order"}
    | {"pack", "pair", "pause", "pay", "place", "plan", "plug", "post", "power", "prepare"}
    | {"protect", "read", "receive", "record", "recover", "recycle", "register", "reinstall"}
    | {"remind", "remove", "rename", "renew", "repair", "replace", "report", "request"}
    | {"reset", "restart", "restore", "return", "save", "schedule", "see", "sell", "send"}
    | {"set", "share", "ship", "show", "sign", "start", "stop", "store", "switch", "take"}
    | {"tell", "test", "track", "transfer", "try", "turn", "unlock", "unpair", "update"}
    | {"upgrade", "use", "verify", "view", "wait", "wire", "withdraw", "write"}
)
"""Verbs that headings of help centers begin with, telling what to do."""
_GERUND = re.compile(r"^[A-Za-z]{3,}ing\b")
_CLAUSE = re.compile(
    r"^(?:the|a|an|my|your|you|it|this)\s.*\b(?:is|are|was|were|does|has|have|cannot|stays?|says?|"
    r"stops?|shows?|fails?|failed|dropped|see|hear|forgot|lost)\b",
    re.IGNORECASE,
)


def asked(heading: str) -> str:
    """The question: "Reset a password" -> "How do I reset a password?"."""
    said = heading.strip().rstrip("?.!:")
    first, _, rest = said.partition(" ")
    word = first.casefold()
    mine = _mine(said)
    if word in _ASKS:
        return f"{mine}?"
    if word in _CONDITION:
        return f"What happens {_small(mine)}?"
    if word in _DOES and rest:
        return f"How do I {_small(mine)}?"
    if _CLAUSE.match(said):
        return f"What can I do when {_small(mine)}?"
    if _GERUND.match(said):
        return f"How does {_small(mine)} work?"
    return f"What do I need to know about {_small(mine)}?"


def _mine(said: str) -> str:
    return exchanged(said, _THEIRS)


def _small(said: str) -> str:
    """Without the capital of a first word, unless it is a code or an abbreviation."""
    first = said.split(" ", 1)[0]
    keeps = first == "I" or any(c.isdigit() for c in first) or first[1:] != first[1:].lower()
    return said if keeps else said[:1].lower() + said[1:]
