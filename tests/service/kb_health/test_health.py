"""Each article's use, success, freshness and faults, and what an editor should review first."""

from datetime import timedelta
from pathlib import Path

import pytest

from assist.domain.kb_health import ArticleHealth, KbHealth
from assist.errors import BadInput, NoIndex
from assist.service.desk import Desk
from tests.builders import NOW
from tests.service.casework import a_case, decision, done, outcome
from tests.service.follow_ups import DAY, a_follow_up_desk, a_ticket, later
from tests.service.kb_health.desk_builders import HUB, LAMP, SINCE, a_desk, said, suggested
from tests.service.parts import some_parts


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def article(found: KbHealth, name: str) -> ArticleHealth:
    return next(one for one in found.articles if one.document_id == name)


def test_use_counts_tickets_not_suggestions(desk):
    suggested(desk, 1)
    suggested(desk, 2, ticket_id="t-1", revision=3)
    said(desk, suggested(desk, 3), "citation_opened", part="hub#0")

    found = desk.health.whole(SINCE)

    hub = article(found, "hub")
    assert found.tickets == 2
    assert (hub.shown, hub.cited, hub.opened) == (2, 2, 1)


def test_an_article_that_nobody_was_shown_is_said_to_be_so(desk):
    suggested(desk, 1)

    found = desk.health.whole(SINCE)

    assert [one.document_id for one in found.never_used] == ["lamp"]
    assert "no ticket of 1 was shown it" in article(found, "lamp").reasons


def test_without_any_suggestion_nothing_is_held_against_an_article_for_being_unused(desk):
    found = desk.health.whole(SINCE)

    assert not article(found, "lamp").reasons
    assert "nothing is known about use and success" in found.notes[0]


def test_three_of_four_is_told_as_a_count_and_ten_as_a_rate(desk):
    for number in range(4):
        said(desk, suggested(desk, number), "rejected" if number else "inserted")
    few = article(desk.health.whole(SINCE), "hub").taken
    for number in range(4, 20):
        said(desk, suggested(desk, number), "rejected")
    many = article(desk.health.whole(SINCE), "hub")

    assert (few.rate, few.says) == (None, "1 of 4: too few for a rate")
    assert many.taken.rate == pytest.approx(1 / 20)
    assert many.reasons[0].startswith("taken: 5% of 20 (1% to 24%)")


def test_a_draft_that_was_rewritten_was_not_taken_and_a_light_edit_was(desk):
    said(desk, suggested(desk, 1), "edited")
    light = suggested(desk, 2)
    said(desk, light, "edited", text=f"{light.draft.text} Bye.")

    taken = article(desk.health.whole(SINCE), "hub").taken

    assert (taken.count, taken.of) == (1, 2)


def test_a_case_that_was_solved_speaks_for_the_articles_of_what_was_sent(tmp_path):
    desk = a_follow_up_desk(tmp_path)
    view = a_case(desk.cases, a_ticket(text="The hub blinks red"))
    done(desk.cases.decide(view.case.id, decision(view, "accept")))
    later(desk, DAY)
    sent = desk.health.whole(SINCE).articles[0]
    done(desk.cases.outcome(view.case.id, outcome("solved")))
    solved = desk.health.whole(SINCE).articles[0]

    assert (sent.taken.says, sent.solved.says) == ("1 of 1: too few for a rate", "none yet")
    assert (solved.solved.count, solved.solved.of) == (1, 1)


def test_a_case_that_was_not_solved_counts_against_them(tmp_path):
    desk = a_follow_up_desk(tmp_path)
    view = a_case(desk.cases, a_ticket(text="The hub blinks red"))
    done(desk.cases.decide(view.case.id, decision(view, "accept")))
    later(desk, DAY)
    done(desk.cases.outcome(view.case.id, outcome("not_solved")))
    later(desk, DAY)

    solved = desk.health.whole(SINCE).articles[0].solved

    assert (solved.count, solved.of) == (0, 1)


def test_a_review_that_is_overdue_is_counted_in_days_and_told_once(desk):
    hub = article(desk.health.whole(SINCE), "hub")

    assert hub.owner == "Product Support"
    assert hub.review_due is not None
    assert hub.overdue_days == (NOW.date() - hub.review_due).days
    assert [why for why in hub.reasons if "review" in why] == [
        f"its review is overdue by {hub.overdue_days} days"
    ]
    assert "it is out of date" not in hub.reasons


def test_what_wants_review_most_comes_first(desk):
    for number in range(3):
        suggested(desk, number)

    assert [one.document_id for one in desk.health.whole(SINCE).articles] == ["hub", "lamp"]


def test_faults_of_the_knowledge_base_stand_with_both_articles(tmp_path):
    steps = (
        "Hold the button for ten seconds until the light turns white. Wait three minutes. Open the "
        "app and choose Devices. Choose Add a device and scan the code on its back. Enter the "
        "password of your network when the app asks for it. Give the device a name and a room."
    )
    copied = LAMP.replace("Turn the lamp by its ring until it clicks.", steps)
    desk = a_desk(tmp_path, hub=HUB.replace("Hold the button of the hub for ten seconds.", steps),
                  lamp=copied)  # fmt: skip

    found = desk.health.whole(SINCE)

    kinds = {one.document_id: {fault.kind for fault in one.faults} for one in found.articles}
    assert "duplicate" in kinds["hub"] & kinds["lamp"]


def test_an_article_is_found_by_its_own_words(desk):
    own = article(desk.health.whole(SINCE), "lamp").own_words

    assert own is not None
    assert own.rank == 1
    assert own.found == own.queries > 0


def test_a_page_is_not_kept_waiting_and_has_it_all_a_little_later(desk):
    first = desk.health.now(SINCE)
    desk.health.checks.settle()
    later = desk.health.now(SINCE)

    assert not first.checked or first == later
    assert later.checked
    assert later.articles == desk.health.whole(SINCE).articles


def test_only_what_happened_in_the_time_counts(desk):
    suggested(desk, 1, created_at=NOW - timedelta(days=60))

    assert desk.health.whole((NOW - timedelta(days=30)).date()).tickets == 0
    assert desk.health.whole((NOW - timedelta(days=61)).date()).tickets == 1


@pytest.mark.parametrize("days", [-1, 9_000])
def test_a_day_to_come_or_long_past_is_refused(desk, days):
    with pytest.raises(BadInput, match="ten years"):
        desk.health.whole((NOW - timedelta(days=days)).date())


def test_without_a_knowledge_base_there_is_nothing_to_tell():
    with pytest.raises(NoIndex):
        Desk(parts=some_parts(), records_for=lambda _files: None).health.whole(None)
