"""Reply and sources -> what of it is supported, sentence by sentence, with the quotes."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assist.domain.checking import CheckedSentence, DraftCheck, Source
from assist.domain.draft import Citation, Flag, Sentence, SentenceKind, Support
from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim, Claims, Embed, claims, coverage, nearest, texts
from assist.drafting.grounding.features import Beside, Finding, observe
from assist.drafting.grounding.kinds import kind_of
from assist.drafting.grounding.links import links
from assist.drafting.grounding.meanings import met
from assist.drafting.grounding.pieces import pieces
from assist.drafting.grounding.reading import Reading, read, read_all
from assist.drafting.grounding.sequence import out_of_order
from assist.drafting.grounding.weights import BAR, CLOSE, DRAFT, GRAVE, SENTENCE
from assist.language.statements import plain
from assist.ports import Vectors

FLOOR = 0.5
"""A reply that states nothing and only asks about what nobody mentioned is not less than even."""
CONTRADICTED = 0.49
"""Part of its support that a reply keeps where a sentence close to a claim gives another value, or
a link that nobody named: never half of it. This costs .004 of AUROC on MTRAG's answers, 5 % of the
faithful of which are marked so, and nothing on BEGIN's; a reply that is sure to be wrong in one
place is not to be called supported.
"""
_ENOUGH = 0.9
"""Share of what all quotes together cover that one must cover to support a sentence alone."""


class _Ticket(NamedTuple):
    """What the customer wrote, and the addresses that it and the sources name."""

    said: Reading
    addresses: frozenset[str]


class _Read(NamedTuple):
    """One sentence before it is looked at; `means` is the reading by the words of its claims."""

    text: str
    kind: SentenceKind
    reading: Reading
    means: Reading
    beside: Beside


class _Looked(NamedTuple):
    """One sentence after it was compared: the result, and what counts for the whole reply."""

    checked: CheckedSentence
    finding: Finding | None
    size: float
    contradicted: bool = False
    """Whether it gives another value than a claim close to it, or a link that nobody named."""


def check(text: str, sources: Sequence[Source], embed: Embed, told: str = "") -> DraftCheck:
    """Every sentence of a reply against `sources` and against what the customer wrote.

    Raises `TooLarge`.
    """
    looked = _looked([(p, kind_of(p)) for p in pieces(text)], sources, embed, told)
    late = out_of_order([one.finding for one in looked])
    looked = [_late(one) if at in late else one for at, one in enumerate(looked)]
    return DraftCheck(support=_support(looked), sentences=tuple(one.checked for one in looked))


def findings(
    text: str, sources: Sequence[Source], embed: Embed
) -> tuple[tuple[SentenceKind, Finding, float], ...]:
    """Kind, observations and size of every sentence compared: what the weights are fitted on."""
    looked = _looked([(p, kind_of(p)) for p in pieces(text)], sources, embed, "")
    return tuple((x.checked.sentence.kind, x.finding, x.size) for x in looked if x.finding)


def _looked(
    found: Sequence[tuple[str, SentenceKind]], sources: Sequence[Source], embed: Embed, told: str
) -> list[_Looked]:
    """Each sentence with its kind, compared; one call embeds claims and sentences, one words."""
    texts_found = [text for text, _ in found]
    known, vectors = _known(texts_found, sources, embed)
    ticket = _Ticket(read_all(told), _addresses(sources, told))
    readings = [read(plain(text)) for text in texts_found]
    cosines = [known.vectors @ row for row in vectors]
    near = [
        nearest(reading, row, known) if known.all else []
        for reading, row in zip(readings, cosines, strict=True)
    ]
    means = met(readings, near, embed)
    return [
        _look(_Read(text, kind, reading, meant, Beside(claims_near, row)), known, ticket)
        for (text, kind), reading, meant, claims_near, row in zip(
            found, readings, means, near, cosines, strict=True
        )
    ]


def check_sentence(
    sentence: Sentence, sources: Sequence[Source], embed: Embed, told: str = ""
) -> CheckedSentence:
    """One sentence against the sources it cites, or against all where it cites none."""
    cited = {c.passage_id for c in sentence.citations}
    used = [s for s in sources if s.passage_id in cited] if cited else list(sources)
    return _looked([(sentence.text, sentence.kind)], used, embed, told)[0].checked


def _known(found: Sequence[str], sources: Sequence[Source], embed: Embed) -> tuple[Claims, Vectors]:
    """The claims of the sources, and the vectors of the sentences."""
    stated = texts(sources)
    rows = embed([*stated, *found]) if found else np.zeros((len(stated), 1), np.float32)
    return claims(sources, rows[: len(stated)]), rows[len(stated) :]


def _addresses(sources: Sequence[Source], told: str) -> frozenset[str]:
    return links(told).union(*(links(source.text) for source in sources))


def _look(one: _Read, known: Claims, ticket: _Ticket) -> _Looked:
    text, kind, reading, said = one.text, one.kind, one.reading, ticket.said
    strange = sorted(links(text) - ticket.addresses)
    doubts = tuple(Doubt("foreign_link", f"no source has the address {link}") for link in strange)
    finding = observe(reading, one.means, one.beside, known, said) if known.all else None
    if kind in ("question", "courtesy") and not doubts:
        checked = CheckedSentence(sentence=Sentence(text=text, kind=kind), probability=1.0)
        return _Looked(checked, finding if kind == "question" else None, _size(reading))
    doubts += finding.doubts if finding else ()
    probability = _probability(SENTENCE, finding.observed) if finding else 0.0
    restates = _restates(reading, said)
    if restates and not strange:
        probability, doubts = max(probability, 1.0 - BAR / 2), ()
    if strange or (finding and _grave(finding, doubts)):
        probability = min(probability, BAR / 2)
    cited = _cited(one.means, finding, known, restates) if probability >= BAR and finding else ()
    checked = CheckedSentence(
        sentence=Sentence(
            text=text,
            kind=kind,
            support=_verdict(probability, cited, restates),
            flags=_flags(doubts),
            citations=tuple(_citation(c) for c in cited),
        ),
        probability=round(probability, 4),
        why=tuple(dict.fromkeys(d.why for d in doubts)) or _unseen(one.means, finding, probability),
    )
    contradicted = bool(strange) or bool(
        finding and _grave(finding, [d for d in doubts if d.kind == "changed_value"])
    )
    return _Looked(checked, finding, _size(reading), contradicted)


def _late(one: _Looked) -> _Looked:
    """The sentence as a step that its source has before the one said last."""
    checked = one.checked
    sentence = checked.sentence.model_copy(update={"support": "unsupported", "citations": ()})
    marked = checked.model_copy(
        update={
            "sentence": sentence,
            "probability": min(checked.probability, BAR / 2),
            "why": (*checked.why, "the source has this step earlier"),
        }
    )
    return one._replace(checked=marked)


def _grave(finding: Finding, doubts: Sequence[Doubt]) -> bool:
    """Whether a doubt ends the matter: the sentence is close to a claim that says otherwise."""
    return finding.observed["alone"] <= 1 - CLOSE and any(d.kind in GRAVE for d in doubts)


def _size(reading: Reading) -> float:
    return float(max(1, sum(t.content for t in reading.terms)))


def _restates(reading: Reading, said: Reading) -> bool:
    """Whether a sentence says only what the customer wrote: every word of meaning, every value."""
    content = [t for t in reading.terms if t.content and not t.light]
    return bool(content) and all(
        any(t.value.same(v) for v in said.values) if t.value else t.key in said.keys
        for t in content
    )


def _verdict(probability: float, cited: Sequence[Claim], restates: bool) -> Support:  # noqa: FBT001 - a finding, no choice
    if probability < BAR:
        return "unsupported"
    return "supported" if len(cited) == 1 and not restates else "inferred"


def _cited(
    reading: Reading,
    finding: Finding,
    known: Claims,
    restates: bool,  # noqa: FBT001 - a finding, no choice
) -> tuple[Claim, ...]:
    """The fewest claims that carry the sentence, nearest first."""
    content = [t for t in reading.terms if t.content]
    together = frozenset().union(*(c.reading.keys for c in finding.near))
    whole = coverage(content, together, known)
    if restates and whole < _ENOUGH:
        return ()
    chosen: list[Claim] = []
    keys: frozenset[str] = frozenset()
    for claim in finding.near:
        if not chosen or coverage(content, keys | claim.reading.keys, known) > coverage(
            content, keys, known
        ):
            chosen.append(claim)
            keys |= claim.reading.keys
        if coverage(content, keys, known) >= _ENOUGH * whole:
            break
    return tuple(chosen)


def _citation(claim: Claim) -> Citation:
    source = claim.source
    return Citation(passage_id=source.passage_id, document_id=source.document_id, quote=claim.quote)


def _flags(doubts: Sequence[Doubt]) -> tuple[Flag, ...]:
    kinds = {d.kind for d in doubts}
    flags: list[Flag] = []
    if "changed_value" in kinds:
        flags.append("changed_value")
    if "foreign_link" in kinds:
        flags.append("foreign_link")
    return tuple(flags)


def _unseen(reading: Reading, finding: Finding | None, probability: float) -> tuple[str, ...]:
    """For a sentence without support: the words that no near claim has."""
    if probability >= BAR:
        return ()
    if finding is None:
        return ("there is no source",)
    keys = frozenset().union(*(c.reading.keys | c.heading for c in finding.near))
    new = [t.form for t in reading.terms if t.content and not t.light and t.key not in keys]
    return (f"no source near it says: {', '.join(new[:8])}",) if new else ("no source says it so",)


def _probability(weights: Mapping[str, float], observed: Mapping[str, float]) -> float:
    total = weights["bias"] + sum(weights.get(name, 0.0) * v for name, v in observed.items())
    return 1 / (1 + math.exp(-total))


def _support(looked: Sequence[_Looked]) -> float:
    """The whole reply's: what was observed of its sentences, by their length.

    A reply that states nothing is supported; one that only asks about what nobody mentioned is
    not better than even.
    """
    counted = [one for one in looked if one.finding is not None]
    states = [one for one in looked if one.checked.sentence.support != "none"]
    if not counted:
        return 0.0 if states else 1.0
    mean = _mean([(one.finding, one.size) for one in counted if one.finding])
    support = _probability(DRAFT, mean)
    if not states:
        return round(max(FLOOR, support), 4)
    if any(one.contradicted for one in looked):
        support *= CONTRADICTED
    return round(support, 4)


def _mean(counted: Sequence[tuple[Finding, float]]) -> dict[str, float]:
    """What was observed of a reply: its sentences' observations and doubt, by their size."""
    size = sum(weight for _, weight in counted)
    found = {
        name: sum(weight * finding.observed.get(name, 0.0) for finding, weight in counted) / size
        for name in DRAFT
    }
    odds = ((_odds(_probability(SENTENCE, f.observed)), weight) for f, weight in counted)
    return found | {"bias": 0.0, "doubt": -sum(odd * weight for odd, weight in odds) / size}


def _odds(probability: float) -> float:
    return max(-6.0, min(6.0, math.log(probability / (1 - probability))))
