"""Use case: tickets -> how well the knowledge base covers each issue of theirs."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from assist.domain.coverage import Covered, IssueCoverage, NotJudged, Sign, TicketCoverage
from assist.domain.knowledge import Passage
from assist.domain.ticket import Ticket
from assist.drafting.answer_types import AnswerType, asked_types, holds
from assist.ports import Progress
from assist.retrieval.covering.judge import Coverer
from assist.retrieval.covering.own import self_calibrated
from assist.retrieval.covering.references import ask_back, open_reference
from assist.retrieval.covering.scale import CoveringScale
from assist.retrieval.covering.words import Worded, Wording, Words
from assist.retrieval.query import search_text
from assist.service.covering_lines import embed_each, is_said, kept_lines
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.service.library import Library
from assist.understanding.categories import Sorter
from assist.understanding.issues import tell_apart
from assist.understanding.language import language_of
from assist.understanding.points import Said, heard
from assist.understanding.products import product_choices
from assist.understanding.turns import abridged, current_turn

AT_ONCE = 512
"""Tickets judged together."""
HELD = 20_000
"""Passages whose terms and texts are remembered."""
SAID_BEFORE = 300
"""Characters of what an agent said last that a follow-up is read after: the beginning names what
it is about, and a whole answer would leave nothing of the follow-up."""

Judged = TicketCoverage | NotJudged


@dataclass
class Covering:
    """Judges tickets by the generation that serves; its coverer is made once per generation."""

    desk: Desk
    which: Callable[[Passage], bool] = is_said
    scale: CoveringScale | None = None
    """Where labels have set one; else the knowledge base's own."""
    _made: tuple[str, Coverer] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def coverer(self, progress: Progress = silent) -> Coverer:
        """Made at the first call, which embeds every line that has no vector yet.

        That is some hundred lines a second, once per generation. Raises `NoIndex`.
        """
        library = self.desk.opened().library
        with self._lock:
            if self._made is None or self._made[0] != library.generation.id:
                self._made = library.generation.id, coverer_of(library, self, progress)
            coverer = self._made[1]
        return coverer.on(self.scale) if self.scale else coverer

    def judge(
        self, tickets: Iterable[Ticket], coverer: Coverer | None = None, progress: Progress = silent
    ) -> Iterator[Judged]:
        """Each ticket in its order, some hundred at a time. Raises `NoIndex`.

        `coverer` is another one to judge by, as with a draft added or articles left out.
        """
        library = self.desk.opened().library
        judging = coverer or self.coverer(progress)
        left = iter(tickets)
        while some := tuple(islice(left, AT_ONCE)):
            yield from self._judged(some, judging, library)

    def _judged(
        self, tickets: Sequence[Ticket], coverer: Coverer, library: Library
    ) -> Iterator[Judged]:
        unread = {n: why for n, ticket in enumerate(tickets) if (why := _unread(ticket, library))}
        split = _splitter(self.desk)
        told = [() if n in unread else split(ticket) for n, ticket in enumerate(tickets)]
        asked = [text for texts in told for text in texts]
        before = [
            said_before(ticket) for ticket, texts in zip(tickets, told, strict=True) for _ in texts
        ]
        covered = iter(coverer.judge_each(asked, before))
        for number, (ticket, texts) in enumerate(zip(tickets, told, strict=True)):
            if number in unread:
                yield NotJudged(ticket_id=ticket.id, reason=unread[number])
                continue
            earlier = _earlier(ticket)
            issues = tuple(_issue(text, next(covered), earlier) for text in texts)
            yield TicketCoverage(ticket_id=ticket.id, issues=issues)


def coverer_of(library: Library, covering: Covering, progress: Progress = silent) -> Coverer:
    """What judges by this library's lines."""
    found, vectors = kept_lines(library, covering.which, progress)
    embedder = library.parts.embedder
    coverer = Coverer.of(
        found, vectors, lambda texts: embed_each(embedder, texts), remarks_of(library)
    )
    return coverer.on(self_calibrated(coverer))


def remarks_of(library: Library) -> Words:
    """What there is to say of a text and the passages near it, beside how near they are."""
    texts = lru_cache(HELD)(lambda passage_id: library.passage(passage_id).reading)
    lexical, generation = library.parts.lexical, library.generation.id
    wording = Wording(
        rarity=library.rarity,
        terms_of=lambda text: lexical.terms(generation, text),
        held=lru_cache(HELD)(lambda passage_id: lexical.terms(generation, texts(passage_id))),
    )

    def remark(text: str, passages: Sequence[str]) -> Worded:
        if not search_text(text).text.strip():
            return Worded()
        worded = wording(text, passages)
        types = _answer_types(text, [texts(one) for one in passages])
        return worded._replace(signs=(*worded.signs, *types))

    return remark


_TOLD: Mapping[AnswerType, str] = {"time": "a time", "sum": "a sum"}


def _answer_types(text: str, passages: Sequence[str]) -> Iterator[Sign]:
    """Whether what is near holds the kind of answer that is asked for."""
    for wanted in asked_types(text):
        if wanted in _TOLD:
            there = any(holds(wanted, passage) for passage in passages)
            says = f"asks for {_TOLD[wanted]}; {'one' if there else 'none'} stands in what is near"
            yield Sign(name="answer_type", value=float(there), says=says)


def _issue(text: str, covered: Covered, earlier: str) -> IssueCoverage:
    question = open_reference(text, earlier)
    if question:
        covered = covered.model_copy(update={"signs": (*covered.signs, ask_back(question))})
    return IssueCoverage(text=text, covered=covered)


def _earlier(ticket: Ticket) -> str:
    """All that was said in public before the customer's last message, and the subject."""
    said = [m.text for m in ticket.messages if m.public]
    return "\n".join([ticket.subject or "", *said[:-1]])


def said_before(ticket: Ticket) -> str:
    """How the agent's last public message before the customer's last ones begins; "" without."""
    last = max((n for n, m in enumerate(ticket.messages) if m in ticket.asked), default=0)
    agents = [m.text for m in ticket.messages[:last] if m.author == "agent" and m.public]
    return agents[-1][:SAID_BEFORE] if agents else ""


def _unread(ticket: Ticket, library: Library) -> str:
    """Why a ticket is not judged; "" where it is."""
    language = language_of(ticket, library.parts.detector, library.abilities)
    if "embedder" not in language.lacks or "certainty" in language.lacks:
        return ""
    return f"it is in {language.name}, which the embedding model does not read"


def _splitter(desk: Desk) -> Callable[[Ticket], tuple[str, ...]]:
    """Ticket -> its issues in the customer's words."""
    opened = desk.opened()
    rules = opened.policy_set
    sorter = Sorter(
        rules.categories,
        rules.actions,
        opened.library.similarity,
        products=product_choices(rules.facts),
    )

    def split(ticket: Ticket) -> tuple[str, ...]:
        sayings: tuple[Said, ...] = heard(
            abridged(ticket.subject or ""), abridged(current_turn(ticket))
        )
        if len(sayings) < 2:  # most bulk is one question a line: nothing to tell apart
            return tuple(s.text for s in sayings) or (ticket.subject or ticket.asked[-1].text,)
        return tuple(told.text for told in tell_apart(sayings, sorter))

    return split
