"""What one text leaves out of another, run by run, with the small word that opens each run.

Of “an engraved plate that waits for stock can be canceled” the sentence “an engraved plate can be
canceled” leaves out the run “waits stock”, opened by “that”: it restricts what is said. A run that
“and” opens is only another thing that is said.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.drafting.grounding.reading import Clause, Reading, Term
from assist.drafting.grounding.roots import listed

_OPENERS: dict[str, str] = {
    **dict.fromkeys(listed("and or but so as than nor plus also"), "join"),
    **dict.fromkeys(listed("because since"), "because"),
    **dict.fromkeys(listed("for of by to about"), "of"),
    **dict.fromkeys(listed("in on at from via through per under above"), "place"),
    **dict.fromkeys(listed("that which who whose whom"), "that"),
    **dict.fromkeys(listed("with without within over below during"), "with"),
    **dict.fromkeys(listed("when whenever while where once until till before after"), "when"),
    **dict.fromkeys(listed("if unless except only provided providing excluding"), "if"),
}
_RANK = {kind: rank for rank, kind in enumerate(dict.fromkeys(_OPENERS.values()))}
"""Of two openers before one run the later one of this list says more: “only after”."""
_TOUCHED = 0.3
"""Share of its words that the other text must have for a clause to be one it takes from."""
_PERSONS = frozenset(listed("customer customers customer's agent agents"))
"""Whoever a reply calls “you” or “we”."""


class Run(NamedTuple):
    """Words of meaning in a row that the other text has not, and what opens them.

    `kind` is that of the opener; `adj` stands right before a word that both have, `comma` begins a
    clause, `head` is the rest. `before` and `behind` are the common words around it.
    """

    kind: str
    terms: tuple[Term, ...]
    before: str
    behind: str


def runs(reading: Reading, keys: frozenset[str]) -> tuple[Run, ...]:
    """The runs of `reading` that are not among `keys`, in what it says of the same.

    A clause that says another thing altogether is no run, nor is what restricts that thing.
    """
    shares = [_share(clause.terms, keys) for clause in reading.clauses]
    found: list[Run] = []
    for at, clause in enumerate(reading.clauses):
        if shares[at] >= _least(clause) or (
            _restricts(clause) and _of_touched(reading, shares, at)
        ):
            listed_on = _enumerates(reading.clauses[at + 1 : at + 1 + _LISTED])
            begins = "if" if clause.opener == "if" else "comma" if at else ""
            found += _in_clause(clause.terms, keys, begins, "join" if listed_on else "")
    return tuple(found)


_LISTED = 4
"""Parts of an enumeration that are looked at: “was not entered, had expired, or was used”."""


def _enumerates(following: Sequence[Clause]) -> bool:
    """Whether the next part goes on with a list that an “or” closes."""
    if not following or following[0].opener or following[0].terms[0].form in _OPENERS:
        return False
    return any("or" in clause.forms for clause in following)


def _of_touched(reading: Reading, shares: Sequence[float], at: int) -> bool:
    """Whether the clause that a condition belongs to, before it or else behind it, is touched."""
    before = [n for n in range(at - 1, -1, -1) if _leads(reading.clauses[n])]
    behind = [n for n in range(at + 1, len(shares)) if _leads(reading.clauses[n])]
    main = (before or behind or [at])[0]
    return shares[main] > _TOUCHED


def _restricts(clause: Clause) -> bool:
    return _OPENERS.get(clause.terms[0].form, "") in ("if", "when", "because", "with", "that")


def _least(clause: Clause) -> float:
    """What “and” opens is the same only where half of it is."""
    return 0.5 if clause.terms[0].form in ("and", "but", "so") else _TOUCHED


def _leads(clause: Clause) -> bool:
    return not _restricts(clause) or clause.terms[0].form == "because"


def _share(terms: Sequence[Term], keys: frozenset[str]) -> float:
    content = [t for t in terms if t.content]
    return sum(t.key in keys for t in content) / len(content) if content else 0.0


def _in_clause(
    terms: Sequence[Term], keys: frozenset[str], begins: str, ends: str
) -> Iterator[Run]:
    """Words without a common one between them are one run: “with the cable from the box”.

    `ends` is the kind of a run that closes the clause, empty for the kind of its opener.
    """
    opener, before, current = begins, "", list[Term]()
    for at, term in enumerate(terms):
        if not term.content:
            kind = _OPENERS.get(term.form)
            stays = opener in ("join", "because") and kind != "if"
            if kind and not current and not stays and _RANK[kind] >= _RANK.get(opener, -1):
                opener = kind
        elif term.form in _PERSONS:
            continue
        elif term.key in keys:
            beside = bool(current) and terms[at - 1] is current[-1]
            yield from _run(opener or ("adj" if beside else "head"), current, before, term.key)
            opener, before, current = "", term.key, []
        else:
            current.append(term)
    yield from _run(ends or opener or "head", current, before, "")


def _run(kind: str, found: Sequence[Term], before: str, behind: str) -> Iterator[Run]:
    """A run, where it has a word of weight, or two of which a small word makes a condition."""
    plain = len(found) > 1 and kind in _RESTRICTING
    if plain or any(not t.light for t in found):
        lead = "" if before or kind in ("head", "adj") else "lead_"
        yield Run(lead + kind, tuple(found), before, behind)


_RESTRICTING = frozenset(listed("that with when if"))
"""What these open counts even of plain words: “when the plan is running”."""
