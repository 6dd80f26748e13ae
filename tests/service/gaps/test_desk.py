"""Gaps are found in what the service has seen, decided on, proven, and closed by new tickets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.forget import PostgresErasure
from assist.domain.forgetting import Belongings
from assist.domain.gap_work import GapDecision, TrackedGap
from assist.errors import AlreadyDone, BadInput, WrongState
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.conftest import KB_CORPUS
from tests.service.gaps.desk_builders import DAY, asked, pass_time, seen, with_clock
from tests.service.gaps.test_finding import COVERED, OURS
from tests.service.parts import a_kb

pytestmark = pytest.mark.model

CLUBS = (
    "Do you sponsor sports clubs?",
    "Would you sponsor our sports club?",
    "Can a sports club be sponsored by you?",
    "Our sports club asks for sponsoring.",
    "Do you sponsor a football club?",
)
MORE_CLUBS = (
    "Do you do sponsoring of sports clubs?",
    "Can you sponsor our sports club this year?",
    "Would you be a sponsor of a sports club?",
    "Is our sports club sponsored by you?",
)
REPLY = (
    "Sports clubs are sponsored with up to three devices a year. "
    "A sports club asks for sponsoring by the form of our press page."
)
ARTICLE = """---
id: sponsoring
title: Sponsoring of sports clubs
gap: {gap}
---
# Sponsoring of sports clubs

Do you sponsor sports clubs? Sports clubs are sponsored with up to three devices a year.
Our sports club asks for sponsoring: a sports club is sponsored by the form of our press page.
"""


@pytest.fixture
def desk(shared_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk that serves ten articles, in a workspace of its own, and has seen sixty tickets."""
    name = f"gaps-{abs(hash(tmp_path.name)) % 10**8}"
    texts = {one: (KB_CORPUS / "articles" / f"{one}.md").read_text("utf-8") for one in OURS}
    with opened(Settings(home=shared_folder / "home", workspace=name)) as whole:
        desk = with_clock(whole)
        desk.ingest(a_kb(tmp_path / "kb", **texts), progress=silent)
        seen(desk, *asked("c", [COVERED[n % 3] for n in range(60)], "It is under Orders."))
        yield desk


def the_gap(desk: Desk) -> TrackedGap:
    (gap,) = desk.parts.gaps.tracked()
    return gap


def a_mined_gap(desk: Desk) -> TrackedGap:
    """The clubs' gap, found now."""
    seen(desk, *asked("t", CLUBS, REPLY))
    desk.gaps.mine()
    return the_gap(desk)


def decision(act: str, key: str = "", **given: str) -> GapDecision:
    return GapDecision.model_validate({"act": act, "key": key or act, **given})


def happened(desk: Desk) -> list[str]:
    return [event.what for event in desk.parts.gaps.history(the_gap(desk).gap.id)]


def published(desk: Desk, folder: Path, text: str) -> None:
    """An editor has put this into the knowledge base, an hour later."""
    pass_time(desk, DAY / 24)
    desk.ingest(a_kb(folder / "new", sponsoring=text), progress=silent)
    pass_time(desk, DAY / 24)


def test_what_tickets_lack_is_found_with_a_draft_and_the_same_look_again_finds_nothing_new(desk):
    gap = a_mined_gap(desk)
    assert (gap.state, gap.gap.kind, gap.volume) == ("open", "missing_article", 5)
    assert "three devices a year" in gap.draft
    assert f"gap: {gap.gap.id}" in gap.draft

    pass_time(desk, DAY)
    run = desk.gaps.mine()

    assert (run.tickets, run.found, run.new) == (65, 1, 0)
    assert run.gaps == (gap.gap.id,)
    assert len(run.points) == 65
    assert happened(desk) == ["found"]
    assert desk.parts.gaps.last_run() == run


def test_a_gap_keeps_its_id_and_what_was_decided_while_tickets_arrive(desk):
    before = a_mined_gap(desk)
    desk.gaps.decide(before.gap.id, decision("accept", text="# Mine"), "Mo")
    pass_time(desk, DAY)
    seen(desk, *asked("u", MORE_CLUBS))

    desk.gaps.mine()

    grown = the_gap(desk)
    assert (grown.gap.id, grown.state, grown.text) == (before.gap.id, "accepted", "# Mine")
    assert grown.volume == 9


def test_a_draft_is_proven_as_the_editor_has_left_it(desk):
    gap = a_mined_gap(desk)
    first = desk.gaps.prove(gap.gap.id, "p-1", "Mo").proof
    assert first.before < 0.5 < first.after
    assert (first.tickets, first.worse, first.won) == (5, (), ())

    greedy = f"# {COVERED[1]}\n\n## {COVERED[1]}\n\nHow do I track my parcel? By the app."
    desk.gaps.decide(gap.gap.id, decision("edit", text=greedy), "Mo")
    assert the_gap(desk).proof is None
    second = desk.gaps.prove(gap.gap.id, "p-2", "Mo").proof
    assert len(second.won) == 20
    assert desk.gaps.prove(gap.gap.id, "p-1", "Mo").proof == second
    assert happened(desk) == ["found", "proven", "edited", "proven"]


def test_an_outline_proves_nothing(desk):
    seen(desk, *asked("t", CLUBS))
    desk.gaps.mine()
    with pytest.raises(WrongState, match="nothing is told"):
        desk.gaps.prove(the_gap(desk).gap.id, "p-1", "Mo")


def test_after_publishing_new_covered_tickets_verify_and_not_before(desk, tmp_path):
    gap = a_mined_gap(desk)
    desk.gaps.decide(gap.gap.id, decision("accept"), "Mo")
    published(desk, tmp_path, ARTICLE.format(gap=gap.gap.id))

    desk.gaps.mine()
    assert (the_gap(desk).state, happened(desk)[-1]) == ("accepted", "published")
    seen(desk, *asked("n", MORE_CLUBS[:2]))
    desk.gaps.mine()
    assert the_gap(desk).state == "accepted", "two tickets are too few"

    pass_time(desk, DAY)
    seen(desk, *asked("o", MORE_CLUBS[2:]))
    run = desk.gaps.mine()

    assert (the_gap(desk).state, run.verified) == ("verified", 1)
    assert set(desk.parts.gaps.history(gap.gap.id)[-1].tickets) == {"n-0", "n-1", "o-0", "o-1"}


def test_an_article_that_does_not_answer_reopens_the_gap_with_the_tickets_as_evidence(
    desk, tmp_path
):
    gap = a_mined_gap(desk)
    desk.gaps.decide(gap.gap.id, decision("accept"), "Mo")
    beside = f"---\nid: garden\ngap: {gap.gap.id}\n---\n# Garden\n\nRoses need water in July.\n"
    published(desk, tmp_path, beside)
    seen(desk, *asked("n", MORE_CLUBS))

    run = desk.gaps.mine()

    assert (the_gap(desk).state, run.reopened) == ("reopened", 1)
    last = desk.parts.gaps.history(gap.gap.id)[-1]
    assert (last.what, last.by, set(last.tickets)) == (
        "reopened",
        "",
        {"n-0", "n-1", "n-2", "n-3"},
    )


def test_a_gap_that_another_article_closes_is_verified_without_a_decision(desk, tmp_path):
    gap = a_mined_gap(desk)
    published(desk, tmp_path, ARTICLE.format(gap="none"))
    desk.gaps.mine()
    seen(desk, *asked("n", MORE_CLUBS))
    desk.gaps.mine()
    assert the_gap(desk).gap.id == gap.gap.id
    assert the_gap(desk).state == "verified"


def test_a_rejected_gap_stays_rejected_until_its_tickets_have_doubled(desk):
    gap = a_mined_gap(desk)
    desk.gaps.decide(gap.gap.id, decision("reject", reason="we do not"), "Mo")
    pass_time(desk, DAY)
    seen(desk, *asked("n", MORE_CLUBS))
    desk.gaps.mine()
    assert (the_gap(desk).volume, the_gap(desk).state) == (9, "rejected")

    pass_time(desk, DAY)
    seen(desk, *asked("o", CLUBS[:1]))
    desk.gaps.mine()

    assert (the_gap(desk).volume, the_gap(desk).state) == (10, "reopened")


def test_moves_that_the_state_does_not_allow_are_refused_and_a_key_counts_once(desk):
    gap = a_mined_gap(desk)
    name = gap.gap.id
    with pytest.raises(WrongState, match="open"):
        desk.gaps.decide(name, decision("reopen", reason="why not"), "Mo")
    with pytest.raises(BadInput, match="reason"):
        desk.gaps.decide(name, decision("reject"), "Mo")
    for _ in range(2):
        assert desk.gaps.decide(name, decision("accept", "k"), "Mo").state == "accepted"
    with pytest.raises(AlreadyDone):
        desk.gaps.decide(name, decision("reject", "k", reason="no"), "Mo")
    with pytest.raises(WrongState, match="accepted"):
        desk.gaps.decide(name, decision("accept", "k-2"), "Mo")
    with pytest.raises(BadInput, match="front matter"):
        desk.gaps.decide(name, decision("edit", "k-3", text="---\n: [\n---\n# x"), "Mo")
    assert happened(desk) == ["found", "accepted"]


def test_what_was_made_of_a_forgotten_customers_words_is_made_anew(desk, shared_folder):
    gap = a_mined_gap(desk)
    database = _database_of(desk)
    PostgresErasure(database).forget(Belongings(tickets=("t-0",), cases=("case-t-0",)), gap.seen_at)
    assert (the_gap(desk).stale, the_gap(desk).draft, the_gap(desk).gap.label) == (True, "", "")

    pass_time(desk, DAY)
    desk.gaps.mine()

    left = the_gap(desk)
    assert (left.stale, left.volume, left.state) == (False, 4, "open")
    assert "three devices a year" in left.draft
    assert "t-0" not in left.model_dump_json()


def _database_of(desk: Desk) -> Database:
    return desk.parts.gaps._database  # type: ignore[attr-defined]
