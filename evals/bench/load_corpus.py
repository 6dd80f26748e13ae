"""What the load bench serves and asks: a large knowledge base, and tickets no two of them alike."""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from assist.adapters.documents import DocumentSource
from assist.domain.ticket import Ticket
from assist.language.sentences import sentences
from assist.service.indexing import silent
from assist.wiring import opened
from evals.bench.sizes import SEED
from evals.cases import load_cases
from evals.homes import own_settings

COMPANY = Path("kb_corpus")
CASES = (Path("evals/cases/core"), Path("evals/cases/traps"))
WORDS = (40, 110)
"""Of a made article: it is one passage."""


def prepare(home: Path, passages: int) -> int:
    """The sample company, and made articles up to about so many passages; how many there are.

    A home that has as many already is left as it is.
    """
    with opened(own_settings(home)) as desk:
        current = desk.parts.knowledge.current()
        if current is None:
            desk.ingest(COMPANY, progress=silent)
            current = desk.opened().library.generation
        if current.passages < passages:
            folder = home / "made"
            folder.mkdir(exist_ok=True)
            _write(folder / "corpus.jsonl", passages - current.passages)
            desk.ingest(folder, progress=silent)
        return desk.opened().library.generation.passages


def _write(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for number, (title, text) in enumerate(islice(_articles(), count)):
            row = {"_id": f"made-{number:06}", "title": title, "text": text}
            lines.write(json.dumps(row) + "\n")


def _articles() -> Iterator[tuple[str, str]]:
    """Titles and texts without end: words of the company's sentences, in other sentences.

    Words and lengths are real, what is said is not: each sentence is the beginning of one and the
    end of another. They are for measuring speed, never quality.
    """
    draw = random.Random(SEED)  # noqa: S311  an order, no secret
    found = [d for d in DocumentSource().read(COMPANY, None).documents if d.kind == "kb"]
    said = [s.text.split() for d in found for s in sentences(d.text)]
    said = [words for words in said if len(words) >= 6]
    while True:
        parts: list[str] = []
        length = draw.randint(*WORDS)
        while sum(len(part.split()) for part in parts) < length:
            first, second = draw.sample(said, 2)
            words = first[: len(first) // 2] + second[len(second) // 2 :]
            parts.append(" ".join(words).strip(" .:*#|-") + ".")
        yield " ".join(draw.choice(said)[:6]).strip(" .:*#|-"), " ".join(parts)


def distinct_tickets(count: int) -> list[Ticket]:
    """So many tickets of the suites' texts, no two the same.

    From the second round on each has a sentence of another in it, and a number of its own.
    """
    draw = random.Random(SEED)  # noqa: S311  a sample, no secret
    real = [case.ticket for folder in CASES for case in load_cases(folder)]
    draw.shuffle(real)
    asked = [s.text for ticket in real for s in sentences(_text(ticket)) if len(s.text) > 20]
    return [_ticket(real, asked, number, draw) for number in range(count)]


def _ticket(
    real: Sequence[Ticket], asked: Sequence[str], number: int, draw: random.Random
) -> Ticket:
    original = real[number % len(real)]
    if number < len(real):
        return original.model_copy(update={"id": f"load-{number}"})
    more = f"{draw.choice(asked)} My reference is {draw.randint(1000, 9999)}."
    text = f"{_text(original)}\n\n{more}"
    first = original.messages[-1].model_copy(update={"text": text})
    messages = (*original.messages[:-1], first)
    return original.model_copy(update={"id": f"load-{number}", "messages": messages})


def _text(ticket: Ticket) -> str:
    return ticket.messages[-1].text
