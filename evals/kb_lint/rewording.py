"""Sentences in other words that mean the same."""

import random
import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from evals.robustness.substitution import Table, exchanged

_TIMES = "when|if|after|before|while"
_AFTER = re.compile(rf"^(?P<main>[A-Z][^,;:]{{15,}}?)\s(?P<clause>(?:{_TIMES})\s[^,;:]{{8,}})\.$")
_BEFORE = re.compile(rf"^(?P<clause>(?i:{_TIMES})\s[^,;:]{{8,}}),\s(?P<main>[^;:]{{15,}})\.$")
SHARE = 0.7
"""Part of the words with another word for them that is exchanged."""


def reworded(sentence: str, rng: random.Random) -> str:
    """The sentence with clauses turned round where it has two, and other words for some."""
    table = tuple(pair for pair in _table() if rng.random() < SHARE)
    return exchanged(_turned(sentence) if rng.random() < SHARE else sentence, table)


def restated(sentence: str, rng: random.Random) -> str:
    """The same, opened as somebody does who repeats it elsewhere."""
    lead = rng.choice(_packaged()["leads"])
    said = reworded(sentence, rng)
    return f"{lead}{_small(said) if lead else said}"


def _turned(sentence: str) -> str:
    if met := _BEFORE.match(sentence):
        return f"{_capital(met['main'])} {_small(met['clause'])}."
    if met := _AFTER.match(sentence):
        return f"{_capital(met['clause'])}, {_small(met['main'])}."
    return sentence


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() or first == "I" else text[:1].lower() + text[1:]


@cache
def _packaged() -> Any:
    text = files("evals.kb_lint").joinpath("reword.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def _table() -> Table:
    return tuple(_packaged()["words"].items())
