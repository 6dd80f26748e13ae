"""Topics in which agents set aside what was right; nobody is told by name."""

from pathlib import Path

import pytest

from assist.service.casework import case_id_of
from assist.service.desk import Desk
from tests.service.casework import a_case, decision, done, outcome
from tests.service.follow_ups import DAY, a_follow_up_desk, a_ticket, later
from tests.service.kb_health.desk_builders import QUOTE, SINCE, a_desk, said, suggested

AGENTS = ("Ann Moss", "Ben Oak", "Cleo Ash")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def set_aside(desk: Desk, by: tuple[str, ...], judged: str = "correct", **changes: object) -> None:
    """A suggestion for each of them, rejected, and judged by somebody of quality assurance."""
    for number, agent in enumerate(by):
        made = suggested(desk, number, **changes)
        said(desk, made, "rejected", by=agent)
        said(desk, made, judged, by="Quinn")


def test_what_several_agents_set_aside_and_proved_right_is_a_topic_with_its_evidence(desk):
    set_aside(desk, AGENTS)

    found = desk.health.training(SINCE)

    (gap,) = found.gaps
    assert (gap.kind, gap.label, gap.documents) == ("training_need", "hubs", ("hub",))
    assert [ticket.ticket_id for ticket in gap.tickets] == ["t-0", "t-1", "t-2"]
    assert gap.evidence[0].text == QUOTE
    assert "3 judged right" in gap.reason
    assert (found.overridden, found.right, found.few) == (3, 3, 0)


def test_no_agent_is_named_nor_quoted(desk):
    set_aside(desk, AGENTS)

    told = desk.health.training(SINCE).model_dump_json()

    assert not [name for name in (*AGENTS, "Quinn") if name in told]


@pytest.mark.parametrize("agents", [("Ann",) * 5, ("Ann", "Ben", "Ann", "Ben")])
def test_a_topic_of_fewer_than_three_agents_is_counted_and_not_told(desk, agents):
    set_aside(desk, agents)

    found = desk.health.training(SINCE)

    assert (found.gaps, found.few) == ((), len(agents))
    assert "hubs" not in found.model_dump_json()


def test_nobody_is_the_judge_of_their_own_override(desk):
    for number, agent in enumerate(AGENTS):
        made = suggested(desk, number)
        said(desk, made, "rejected", by=agent)
        said(desk, made, "correct", by=agent)

    assert desk.health.training(SINCE).right == 0


@pytest.mark.parametrize("changes", [{"choice": None}, {"draft": "unsupported"}])
def test_what_was_not_supported_or_not_within_policy_was_set_aside_rightly(desk, changes):
    if "draft" in changes:
        draft = suggested(desk, 9).draft
        bare = tuple(s.model_copy(update={"support": "unsupported"}) for s in draft.sentences)
        changes = {"draft": draft.model_copy(update={"sentences": bare})}
    set_aside(desk, AGENTS, **changes)

    found = desk.health.training(SINCE)

    assert (found.overridden, found.right) == (3, 0)


def test_what_was_judged_wrong_is_no_training_need(desk):
    set_aside(desk, AGENTS, judged="incorrect")

    assert desk.health.training(SINCE).right == 0


def test_what_was_taken_is_none_either(desk):
    for number, agent in enumerate(AGENTS):
        made = suggested(desk, number)
        said(desk, made, "inserted", by=agent)
        said(desk, made, "correct", by="Quinn")

    assert desk.health.training(SINCE).overridden == 0


def test_customers_who_came_back_after_what_was_set_aside_show_it_too(tmp_path):
    desk = a_follow_up_desk(tmp_path)
    for number, agent in enumerate(AGENTS):
        view = a_case(desk.cases, a_ticket(number, "The hub blinks red", f"c-{number}"))
        done(desk.cases.decide(view.case.id, decision(view, by=agent)))
        later(desk, DAY)
        if number:
            done(desk.cases.outcome(view.case.id, outcome("not_solved")))
    later(desk, DAY)
    before = desk.health.training(SINCE)
    done(desk.cases.outcome(case_id_of("t-0"), outcome("not_solved")))
    after = desk.health.training(SINCE)

    assert (before.overridden, before.right, before.gaps) == (3, 2, ())
    assert "3 tickets, 3 of them came back" in after.gaps[0].reason
