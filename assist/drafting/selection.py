"""Question and passages -> the statements that answer it, quoted, in reading order.

Extractive: nothing is rewritten. A numbered procedure is taken whole, because its order matters;
otherwise the sentences that speak most to the question, each able to stand on its own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from assist.domain.base import Model
from assist.domain.draft import Citation
from assist.domain.knowledge import Passage
from assist.drafting.answer_types import answers_in_kind
from assist.drafting.circumstances import in_their_case
from assist.language.remembered import remembered
from assist.language.statements import Form, Statement, fold, statements

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
NO_SCORES: Mapping[str, float] = MappingProxyType({})


class Thresholds(Model):
    """What makes a statement part of an answer; cosines are of all-MiniLM-L6-v2."""

    relative: float = 0.80
    """A sentence is taken when at least this share of the best one's cosine."""
    floor: float = 0.30
    """Below this cosine a sentence does not speak to the question."""
    in_kind: float = 0.1
    """Added to the cosine of a sentence that holds the time or the sum that is asked for."""
    found: float = 0.25
    """Taken off a step for each point by which search finds another passage better. By it a dropped
    price is answered by its own section, not by the steps for a code."""
    sentences: int = 4
    steps: int = 12


class Selected(Model):
    """A statement chosen for a reply: its words, its form, its quote, and how near it is."""

    text: str
    form: Form
    group: str
    citation: Citation
    nearness: float
    """Cosine to the question."""
    named: bool = False
    """Whether it names a code that the question names, which no embedding would know."""

    @property
    def rank(self) -> tuple[bool, float]:
        """Best first when sorted in reverse: the code asked for, then nearness."""
        return self.named, self.nearness


_DANGLING = re.compile(
    r"^(?:it|this|that|these|those|they|he|she|such|otherwise|then|therefore|however|also|instead|"
    r"in (?:this|that) case|the (?:former|latter|same)|see|click here|note that this)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b")
_IDENTIFIER = re.compile(r"\d{5}")
_ENTRY = re.compile(r"^(?:[^:;]{0,40}:\s)?(?P<code>[A-Z]{1,3}-\d{1,4})(?=\s*(?:[:;,–]|$))")
_CODE_SPOKEN_OF = re.compile(r"\b(?:error|code)\b", re.IGNORECASE)
_LIST_ASKED = re.compile(r"\bcodes\b", re.IGNORECASE)
LEAD = 2
"""Sentences beside a procedure: what it is about, and what it does."""
MIN_WORDS = 4
"""Shorter than this a line is a label, not a statement; steps may be short ("Press Save")."""


def select(
    question: str,
    passages: Sequence[Passage],
    similarity: Similarity,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
    *,
    told: str = "",
    fits: Callable[[Statement], bool] = lambda _: True,
    search: Mapping[str, float] = NO_SCORES,
) -> tuple[Selected, ...]:
    """The statements of `passages` that answer `question`; empty where none speaks to it.

    `told` is the story around the question: it counts as much as the question, and a code named
    there is a code asked about. Statements that do not `fits` are left out. `search` is how well
    each passage was found, by its id.
    """
    found = [(passage, part) for passage, part in _quotable(passages) if fits(part)]
    if not found:
        return ()
    asked = codes(f"{question} {told}")
    found = _about_the_codes(asked, found)
    found = in_their_case(
        found, (question, told), similarity, lambda heading: bool(asked & codes(heading))
    )
    near = _near(question, told, found, similarity, thresholds)
    near = [
        n - thresholds.found * short
        for n, short in zip(near, _steps_found_worse(found, search), strict=True)
    ]
    scored = [_selected(*one, value, asked) for one, value in zip(found, near, strict=True)]
    best = max(s.nearness for s in scored)
    if best < thresholds.floor and not any(s.named for s in scored):
        return ()
    chosen = _procedure(scored, best, thresholds) or _sentences(scored, best, thresholds)
    entries = [s for s in chosen if is_code_entry(s.text)]
    if not entries or error_codes(f"{question} {told}") or _LIST_ASKED.search(f"{question} {told}"):
        return chosen
    if len(entries) == 1 and not _CODE_SPOKEN_OF.search(f"{question} {told}"):
        return chosen  # told by its symptom
    # Which of these codes it is nobody has said: a list of them answers nothing.
    scored = [s for s in scored if not is_code_entry(s.text)]
    if not scored:
        return ()
    return _procedure(scored, best, thresholds) or _sentences(scored, best, thresholds)


def _near(
    question: str,
    told: str,
    found: Sequence[tuple[Passage, Statement]],
    similarity: Similarity,
    thresholds: Thresholds,
) -> list[float]:
    """How near each statement is to the question, and to the story where there is one."""
    texts = [_in_context(passage, part) for passage, part in found]
    near = list(similarity(question, texts))
    if told:
        near = [(a + b) / 2 for a, b in zip(near, similarity(told, texts), strict=True)]
    in_kind = answers_in_kind(question)
    return [
        cosine + thresholds.in_kind * (part.form != "step" and in_kind(part.text))
        for cosine, (_, part) in zip(near, found, strict=True)
    ]


def _steps_found_worse(
    found: Sequence[tuple[Passage, Statement]], search: Mapping[str, float]
) -> list[float]:
    """By how much each step's passage was found worse than the best; sentences answer anywhere."""
    best = max(search.get(passage.id, 0.0) for passage, _ in found)
    return [
        best - search.get(passage.id, 0.0) if part.form == "step" else 0.0
        for passage, part in found
    ]


def _selected(passage: Passage, part: Statement, value: float, asked: frozenset[str]) -> Selected:
    return Selected(
        text=part.text,
        form=part.form,
        group=f"{passage.id}/{part.group}",
        citation=Citation(
            passage_id=passage.id, document_id=passage.document_id, quote=fold(part.quote)
        ),
        nearness=float(value),
        named=bool(asked & codes(part.text)),
    )


def is_code_entry(text: str) -> bool:
    """Whether a statement is the entry of one code in a table or a list of codes."""
    return _ENTRY.match(text) is not None


def is_for_replies(passage: Passage) -> bool:
    """Whether a reply may quote it: of the KB, for customers, and no canned reply."""
    return passage.kind == "kb" and passage.audience == "customer" and not passage.macro


def readings(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The texts that a question is compared with to select from these passages."""
    return tuple(_in_context(passage, part) for passage, part in _quotable(passages))


def nearness(chosen: Sequence[Selected]) -> float:
    """How near a selection comes to the question: the mean of its three nearest statements.

    One that names a code of the question counts one more.
    """
    best = sorted((s.nearness + s.named for s in chosen), reverse=True)[:3]
    return sum(best) / len(best) if best else 0.0


def _about_the_codes(
    asked: frozenset[str], found: list[tuple[Passage, Statement]]
) -> list[tuple[Passage, Statement]]:
    """Without what is about other codes, where something is about those asked for.

    A row or an item is about the codes it names, whatever stands under a heading about its codes:
    "it heats as usual" under T-52 is no answer on T-40.
    """
    if not any(asked & codes(f"{_heading(passage)} {part.text}") for passage, part in found):
        return found
    kept = [
        (passage, part)
        for passage, part in found
        if not _elsewhere(asked, codes(_heading(passage)))
        and (part.form in ("sentence", "step") or not codes(part.text) - asked)
    ]
    return kept or found


def _heading(passage: Passage) -> str:
    return passage.headings[-1] if passage.headings else ""


def _elsewhere(asked: frozenset[str], named: frozenset[str]) -> bool:
    return bool(named) and not named & asked


@remembered(2048)
def codes(text: str) -> frozenset[str]:
    """Error codes, model and order numbers: letters and digits in one word, upper-cased."""
    return frozenset(match.upper() for match in _CODE.findall(text))


def error_codes(text: str) -> frozenset[str]:
    """The codes without the numbers of single things.

    An order or a serial number rules out no statement about another one.
    """
    return frozenset(code for code in codes(text) if not _IDENTIFIER.search(code))


def _quotable(passages: Sequence[Passage]) -> list[tuple[Passage, Statement]]:
    return [
        (passage, part)
        for passage in passages
        for part in statements(passage.text)
        if is_quotable(part)
    ]


def is_quotable(part: Statement) -> bool:
    """Whether a statement can stand in a reply without what was around it."""
    words = part.text.split()
    if part.form in ("step", "item", "row"):
        return len(words) >= 2
    ends = part.text.rstrip("\"'”’)").endswith((".", "!", "。"))
    return len(words) >= MIN_WORDS and ends and "?" not in part.text


def _in_context(passage: Passage, part: Statement) -> str:
    """A short statement is read under its heading, as a reader would."""
    heading = passage.headings[-1] if passage.headings else passage.title
    return f"{heading}: {part.text}" if heading else part.text


def _procedure(scored: list[Selected], best: float, limits: Thresholds) -> tuple[Selected, ...]:
    """The numbered procedure nearest to the question, whole, with the sentences that open it."""
    by_group: dict[str, list[Selected]] = {}
    for selected in scored:
        if selected.form == "step":
            by_group.setdefault(selected.group, []).append(selected)
    home = max(scored, key=lambda s: s.rank).citation.passage_id

    def bar(steps: list[Selected]) -> float:
        """The steps beside the best statement belong to it; others must be nearly as near."""
        beside = steps[0].citation.passage_id == home
        return limits.floor if beside else limits.relative * best

    near = {
        group: max(s.nearness for s in steps)
        for group, steps in by_group.items()
        if len(steps) <= limits.steps and max(s.nearness for s in steps) >= bar(steps)
    }
    if not near:
        return ()
    group = max(near, key=lambda g: (by_group[g][0].citation.passage_id == home, near[g]))
    passage_id = by_group[group][0].citation.passage_id
    others = [
        s for s in scored if s.form != "step" and (s.named or s.citation.passage_id == passage_id)
    ]
    lead = _nearest([s for s in others if stands_alone(s.text)], best, limits)[:LEAD]
    return tuple(s for s in scored if s in lead or s.group == group)


def _sentences(scored: list[Selected], best: float, limits: Thresholds) -> tuple[Selected, ...]:
    chosen = _nearest([s for s in scored if stands_alone(s.text)], best, limits)
    return tuple(s for s in scored if s in chosen)


def _nearest(scored: list[Selected], best: float, limits: Thresholds) -> list[Selected]:
    """The best by rank that reach the bar, each wording once."""
    bar = max(limits.floor, limits.relative * best)
    seen: set[str] = set()
    kept: list[Selected] = []
    for selected in sorted(scored, key=lambda s: s.rank, reverse=True):
        if (selected.named or selected.nearness >= bar) and selected.text not in seen:
            seen.add(selected.text)
            kept.append(selected)
    return kept[: limits.sentences]


def stands_alone(text: str) -> bool:
    """Whether a sentence does not lean on the one before it."""
    return _DANGLING.match(text) is None
