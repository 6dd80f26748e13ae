"""Tickets -> gaps of the kinds that tickets show, by a real knowledge base."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assist.domain.gaps import Gap
from assist.domain.ticket import Customer, Message, Ticket
from assist.service.covering import Covering
from assist.service.desk import Desk
from assist.service.gaps.finding import Mined, find_gaps
from assist.service.gaps.proposals import drafts_of
from assist.service.gaps.proving import Bench
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.conftest import KB_CORPUS
from tests.service.parts import a_kb

pytestmark = pytest.mark.model

OURS = (
    *("camera-setup", "hub-setup", "plug-setup", "order-tracking", "refund-times", "phishing"),
    *("password-two-step", "doorbell-setup", "gift-orders-and-cards", "billing-invoices"),
)
INTERNAL = """---
id: sponsoring
audience: internal
---
# Sponsoring of clubs

Sports clubs may be sponsored with up to three devices a year.
A club asks for sponsoring by the form of Press, and hears within two weeks.
"""
ABROAD = """---
id: repairs-us
regions: [US]
---
# Repair workshops

A cracked display is repaired by a workshop in Denver within a week.
Bring the device with the cracked display to the workshop, or send it there.
"""
OBSCURE = """---
id: sealing
---
# Ingress protection

The enclosure of the outdoor unit is certified against ingress of moisture to class six.
"""
COVERED = ("How do I set up the Camera 3?", "How do I track my parcel?", "When do I get my refund?")
CLUBS = (
    "Do you sponsor sports clubs?",
    "Would you sponsor our sports club?",
    "Can a sports club be sponsored by you?",
    "Our sports club asks for sponsoring.",
)
DISPLAYS = (
    "Where is my cracked display repaired?",
    "Who repairs a cracked display?",
    "Can you repair the cracked display?",
    "My cracked display needs a repair.",
)
RAIN = (
    "Can my bell hang in the rain?",
    "Does rain hurt my bell?",
    "Will my bell get wet in the rain?",
    "Is rain bad for my bell?",
)
RAIN_REPLY = (
    "The enclosure of the outdoor unit is certified against ingress of moisture to class six."
)


@pytest.fixture(scope="module")
def desk(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that serves ten articles of the sample company and three of ours."""
    texts = {name: (KB_CORPUS / "articles" / f"{name}.md").read_text("utf-8") for name in OURS}
    ours = {"sponsoring": INTERNAL, "repairs": ABROAD, "sealing": OBSCURE}
    with opened(Settings(home=shared_folder / "home")) as desk:
        desk.ingest(a_kb(tmp_path_factory.mktemp("kb"), **texts, **ours), progress=silent)
        yield desk


def covered() -> list[Ticket]:
    """Enough of what is answered."""
    return [a_ticket(f"c-{n}", COVERED[n % 3], "It is in the app under Orders.") for n in range(60)]


def a_ticket(name: str, text: str, *others: str, region: str | None = None) -> Ticket:
    """The customer's words, then in turn an agent's and the customer's."""
    said = [Message(text=text)]
    for number, other in enumerate(others):
        said.append(Message(author="customer" if number % 2 else "agent", text=other))
    return Ticket(id=name, messages=tuple(said), customer=Customer(region=region))


def mined(desk: Desk, *tickets: Ticket) -> Mined:
    return find_gaps(Covering(desk), [*covered(), *tickets])


def the_gap(desk: Desk, *tickets: Ticket) -> Gap:
    (gap,) = mined(desk, *tickets).report.gaps
    return gap


def test_an_answer_that_is_internal_only_is_for_the_wrong_audience(desk: Desk) -> None:
    gap = the_gap(desk, *(a_ticket(f"t-{n}", text) for n, text in enumerate(CLUBS)))
    assert (gap.kind, gap.documents) == ("wrong_audience", ("sponsoring",))
    assert "internal" in gap.reason


def test_an_answer_for_another_region_is_named_and_for_its_own_it_is_none(desk: Desk) -> None:
    abroad = [a_ticket(f"t-{n}", text, region="UK") for n, text in enumerate(DISPLAYS)]
    gap = the_gap(desk, *abroad)
    assert (gap.kind, gap.documents) == ("wrong_region_or_product", ("repairs-us",))
    there = [a_ticket(f"t-{n}", text, region="US") for n, text in enumerate(DISPLAYS)]
    assert mined(desk, *there).report.gaps == ()


def test_an_article_that_agents_quote_and_tickets_do_not_find_is_unfindable(desk: Desk) -> None:
    gap = the_gap(desk, *(a_ticket(f"t-{n}", text, RAIN_REPLY) for n, text in enumerate(RAIN)))
    assert (gap.kind, gap.documents) == ("unfindable", ("sealing",))
    assert "rain" in gap.reason


def test_without_replies_an_unfindable_article_is_not_guessed(desk: Desk) -> None:
    gap = the_gap(desk, *(a_ticket(f"t-{n}", text) for n, text in enumerate(RAIN)))
    assert gap.kind == "missing_article"


def test_an_article_after_which_customers_write_again_is_unclear(desk: Desk) -> None:
    text = "How do I send a gift card?"
    again = [a_ticket(f"t-{n}", text, "By mail.", "I still do not see how.") for n in range(5)]
    gap = the_gap(desk, *again)
    assert (gap.kind, gap.documents) == ("unclear", ("gift-orders-and-cards",))


def test_a_draft_restores_its_tickets_and_harms_no_other(desk: Desk) -> None:
    tickets = [a_ticket(f"t-{n}", text, RAIN_REPLY) for n, text in enumerate(RAIN)]
    found, covering = mined(desk, *tickets), Covering(desk)
    ((gap, draft),) = drafts_of(found, covering)
    proof = Bench.of(found.issues, covering.coverer(), desk.parts.embedder).prove(gap, draft)
    assert proof.before < 0.5 < proof.after
    assert (proof.tickets, proof.others, proof.worse, proof.won) == (4, 60, (), ())


def test_a_draft_about_what_is_answered_wins_wrongly(desk: Desk) -> None:
    tickets = [a_ticket(f"t-{n}", text, RAIN_REPLY) for n, text in enumerate(RAIN)]
    found, covering = mined(desk, *tickets), Covering(desk)
    ((gap, draft),) = drafts_of(found, covering)
    greedy = draft.model_copy(
        update={"title": COVERED[1], "edits": "", "sections": draft.sections[:1]}
    )
    proof = Bench.of(found.issues, covering.coverer(), desk.parts.embedder).prove(gap, greedy)
    assert len(proof.won) == 20


@pytest.mark.parametrize("last", ["Thanks a lot, that helped!", "ok great", "Perfect, thank you."])
def test_thanks_are_no_repeat_contact(desk: Desk, last: str) -> None:
    tickets = [a_ticket(f"t-{n}", text, RAIN_REPLY, last) for n, text in enumerate(RAIN)]
    gap = the_gap(desk, *tickets)
    factors = {one.name: one.value for one in gap.factors}
    assert [ticket.text for ticket in gap.tickets] == list(RAIN)
    assert factors["repeat_contact"] == 1


def test_thanks_with_a_but_are_a_repeat_contact(desk: Desk) -> None:
    last = "Thanks, but that is not what I asked."
    gap = the_gap(desk, *(a_ticket(f"t-{n}", t, RAIN_REPLY, last) for n, t in enumerate(RAIN)))
    assert {one.name: one.value for one in gap.factors}["repeat_contact"] == 2
