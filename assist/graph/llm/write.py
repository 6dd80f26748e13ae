"""What the reply says about one issue, in a model's words: all of it borne out, or ours instead."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assist.domain.checking import CheckedSentence
from assist.domain.draft import Sentence
from assist.domain.knowledge import Passage
from assist.domain.suggestion import Made
from assist.drafting.facts import fact
from assist.drafting.grounding import check_sentence
from assist.drafting.parts import MAX_FACTS
from assist.drafting.setting import Part, Setting
from assist.drafting.written import Body, body, marks
from assist.errors import ModelFailure
from assist.graph.llm.model import ModelHelp, SentenceWritten
from assist.graph.llm.propose import source_of
from assist.language.statements import Form

ATTEMPTS = 2
"""A draft, and another with what was wrong with it."""
TOLD = 6
"""Reasons that the model is told, and that an agent reads."""
WORDS = {"letter": 220, "short": 90}
LEAST_USED = 0.5
"""Share of the statements that a body must rest on: one that leaves out more answers less."""


class _Statement(NamedTuple):
    """A statement that the model may use: what it says, its passage, whether it is a step."""

    text: str
    passage: Passage
    form: Form


class _Matter(NamedTuple):
    """What is to be written about one issue, and the sentences that were told already."""

    part: Part
    setting: Setting
    stated: Mapping[str, _Statement]
    told: set[str]


async def written(
    part: Part,
    setting: Setting,
    passages: Mapping[str, Passage],
    model: ModelHelp,
) -> tuple[Part, Made]:
    """The part with blocks of a model's sentences, or as it was, and why."""
    if reason := _nothing_to_write(part):
        return part, Made(part="communicate", mode="extractive", reason=reason)
    stated = _stated(part, passages, setting)
    reasons: tuple[str, ...] = ()
    matter = _Matter(part, setting, stated, set())
    for _ in range(ATTEMPTS):
        try:
            found = await _attempt(matter, reasons, model)
        except ModelFailure as error:
            return part, model.failed("communicate", error)
        lacking = _lacking(found, stated)
        if not lacking and (not found.reasons or reasons):
            note = f"; left out: {'; '.join(found.reasons[:TOLD])}" if found.reasons else ""
            made = Made(part="communicate", mode="llm", reason=f"{part.issue.id}{note}")
            return part.model_copy(update={"written": found.blocks}), made
        reasons = (*lacking, *found.reasons)[:TOLD]
    return part, Made(part="communicate", mode="extractive", reason="; ".join(reasons))


def _nothing_to_write(part: Part) -> str:
    if part.solved:
        return f"{part.issue.id}: the customer says that it works now"
    if part.issue.abstention is not None:
        return f"{part.issue.id}: there is no confirmed answer to put into words"
    if part.macro is not None:
        return f"{part.issue.id}: a text of the company says it all, verbatim"
    return "" if part.citations else f"{part.issue.id}: nothing is stated about it"


def _stated(part: Part, passages: Mapping[str, Passage], setting: Setting) -> dict[str, _Statement]:
    cited = part.citations[:MAX_FACTS]
    names = marks("\x00".join(c.quote for c in cited), len(cited))
    found = {}
    for mark, citation in zip(names, cited, strict=True):
        sentence, form = fact(citation, passages, setting.elsewhere)
        found[mark] = _Statement(sentence.text, passages[citation.passage_id], form)
    return found


async def _attempt(matter: _Matter, reasons: Sequence[str], model: ModelHelp) -> Body:
    part, setting, stated, told = matter

    def check(sentence: Sentence, cited: Sequence[str]) -> CheckedSentence:
        used = [stated[mark] for mark in cited] or list(stated.values())
        sources = {one.passage.id: source_of(one.passage) for one in used}
        return check_sentence(sentence, tuple(sources.values()), model.embed)

    def read(text: str) -> Body:
        restored = model.restored(text)
        return body(restored.text, stated.keys(), check, restored.mangled)

    def line(text: str) -> None:
        for sentence in (s for block in read(text).blocks for s in block.sentences):
            if sentence.text not in told:
                told.add(sentence.text)
                model.tell(SentenceWritten(issue_id=part.issue.id, sentence=sentence))

    values = {
        "ticket": part.issue.text,
        "statements": [{"mark": mark, "text": one.text} for mark, one in stated.items()],
        "language": setting.language,
        "tone": setting.tone,
        "channel": setting.channel or "e-mail",
        "words": WORDS["letter" if (setting.channel or "email") == "email" else "short"],
        "example": next(iter(stated)),
        "reasons": list(reasons),
    }
    return read(await model.write("draft", values, _Lines(line)))


class _Lines:
    """Hears pieces of a text, and hands on every line once it has ended."""

    def __init__(self, line: Callable[[str], None]) -> None:
        self._line = line
        self._rest = ""

    def __call__(self, piece: str) -> None:
        *whole, self._rest = f"{self._rest}{piece}".split("\n")
        for line in filter(str.strip, whole):
            self._line(line)


def _lacking(found: Body, stated: Mapping[str, _Statement]) -> tuple[str, ...]:
    """Why a body does not do: a step is missing or out of order, or too little is said."""
    steps = [mark for mark, one in stated.items() if one.form == "step"]
    said = [mark for mark in found.used if mark in steps]
    if missing := [mark for mark in steps if mark not in said]:
        return (f"the step [{missing[0]}] is missing: “{stated[missing[0]].text}”",)
    if said != steps:
        return ("the steps are not in their order",)
    if len(found.used) < LEAST_USED * len(stated):
        rest = next(mark for mark in stated if mark not in found.used)
        return (f"too little is said; [{rest}] is missing, for one",)
    return ()
