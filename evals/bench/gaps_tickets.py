"""Made tickets for the bench of gaps: what the knowledge base knows, and what it never heard of."""

import random
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from assist.domain.ticket import Ticket
from evals.bench.load_corpus import distinct_tickets
from evals.bench.sizes import SEED

FOREIGN = 0.3
"""Share of the tickets that ask for something the sample company does not do."""
DOES = (
    "prune", "repot", "graft", "groom", "vaccinate", "train", "moor", "varnish", "tune",
    "restring", "wax", "reupholster", "glaze", "knead", "ferment", "dye", "knit", "frame",
    "survey", "translate",
)  # fmt: skip
THINGS = (
    "bonsai", "rose bush", "orchid", "puppy", "parrot", "pony", "sailing boat", "canoe", "piano",
    "violin", "harp", "armchair", "vase", "sourdough", "cider", "silk scarf", "wool cardigan",
    "oil painting", "plot of land", "marriage certificate",
)  # fmt: skip
OPENINGS = (
    "Can you {do} my {thing}?",
    "How much is it to {do} a {thing}?",
    "I would like somebody to {do} our {thing} next week.",
    "Do you also {do} a {thing}? I could not find it anywhere.",
    "Who do I ask to {do} the {thing} of my grandmother?",
)
CLOSINGS = ("", " Thanks!", " It is rather urgent.", " I asked before.", " Please write back soon.")


def write_tickets(file: Path, count: int) -> None:
    """So many tickets, a JSON line each, in an order that is the same every time."""
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(t.model_dump_json(exclude_none=True) + "\n" for t in _tickets(count))


def texts_of(ticket: Ticket) -> str:
    """What the customer wrote, as a peer is given it."""
    return "\n".join(one.text for one in ticket.asked)


def _tickets(count: int) -> Iterator[Ticket]:
    draw = random.Random(SEED)  # noqa: S311  an order, no secret
    foreign = round(FOREIGN * count)
    known = iter(distinct_tickets(count - foreign))
    matters = [*product(DOES, THINGS)]
    kinds = [True] * foreign + [False] * (count - foreign)
    draw.shuffle(kinds)
    for number, strange in enumerate(kinds):
        yield _foreign(number, matters, draw) if strange else next(known)


def _foreign(number: int, matters: Sequence[tuple[str, str]], draw: random.Random) -> Ticket:
    does, thing = draw.choice(matters)
    asked = draw.choice(OPENINGS).format(do=does, thing=thing) + draw.choice(CLOSINGS)
    return Ticket.model_validate({"id": f"foreign-{number}", "text": f"{asked} ({number})"})
