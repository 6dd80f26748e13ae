"""The message that closes a solved case."""

from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pytest
import yaml

from assist.adapters.language import NaiveBayesLanguages
from assist.domain.case import Case
from assist.domain.categories import Category
from assist.domain.draft import Draft
from assist.domain.language import TicketLanguage
from assist.domain.ledger import Entry, EntryState
from assist.domain.tone import Tone
from assist.drafting.tone import TONES, languages, tone
from assist.graph.casework.closing import closing_message, no_closing
from assist.graph.casework.promised import entries
from tests.builders import NOW, a_ticket
from tests.graph.casework.cases import JAPANESE, a_case, an_event, an_issue, decided, opened
from tests.policies.rules import rules

DETECTOR = NaiveBayesLanguages()
WRITTEN = yaml.safe_load(files("assist.graph.casework").joinpath("closing.yaml").read_text("utf-8"))
RETURNS = rules(categories=(Category(id="returns", title="Returns"),))
DRAFT = Draft(text="Thank you for getting in touch about returns.", sentences=())


def solved(**fields: Any) -> Case:
    """A case that was answered on a Friday and solved on the Monday after it."""
    fields.setdefault("ticket", a_ticket(name="Ana Lima", channel="email"))
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return a_case(
        opened(),
        decided(2, "edit", text="Restart the hub."),
        an_event(3, "outcome", at=monday, kind="solved"),
        **fields,
    )


def in_language(code: str) -> Case:
    return solved(language=TicketLanguage(code=code, confidence=1.0, source="detected", reply=code))


def an_entry(text: str, state: EntryState, **fields: Any) -> Entry:
    given = {
        "id": text, "case_id": "case-1", "ticket_id": "t-1", "kind": "promise", "text": text,
        "what": "do it", "owner": "agent", "due": None, "check": "", "channel": "email",
        "made_at": NOW, "state": state,
    }  # fmt: skip
    return Entry.model_validate(given | fields)


def closed(case: Case, *ledger: Entry, **options: Any) -> str:
    draft = closing_message(case, options.get("rules", RETURNS), ledger)
    assert draft is not None
    assert {s.kind for s in draft.sentences} == {"courtesy"}
    assert all(s.text in draft.text for s in draft.sentences)
    return draft.text


def test_it_says_what_solved_it_thanks_and_says_how_to_come_back() -> None:
    assert closed(solved()) == (
        "Hello Ana,\n\n"
        "Thank you for getting in touch. "
        "I have noted that this is solved by what I wrote to you on Friday 20 November 2026.\n\n"
        "If it comes back, please reply to this message and I will take it up again.\n\n"
        "If you have a minute, please tell us in a reply how this went for you. "
        "If there is anything that we could do better, please tell us that as well.\n\n"
        "Kind regards"
    )


def test_the_topic_is_named_where_the_reply_named_it() -> None:
    issues = (an_issue(category="returns"),)
    assert "about returns." in closed(solved(issues=issues, draft=DRAFT))
    assert "about returns." not in closed(solved(issues=issues))


def test_what_was_promised_and_kept_is_told_as_it_was_promised() -> None:
    text = closed(
        solved(),
        an_entry("We will refund you.", "kept"),
        an_entry("I will call you.", "open"),
        an_entry("We will send a label.", "broken"),
        an_entry("", "kept", kind="look"),
    )
    assert "This is what I promised you, and it is done:\n\n- “We will refund you.”\n\n" in text
    assert "call you" not in text
    assert "label" not in text


def test_in_public_nothing_of_the_case_is_told() -> None:
    post = a_ticket(name="Ana Lima", channel="twitter")
    case = solved(ticket=post, issues=(an_issue(category="returns"),), draft=DRAFT)
    text = closed(case, an_entry("We will refund you.", "kept"))
    assert "Ana" not in text
    assert "refund" not in text
    assert "about returns" not in text
    assert len(text) <= 280


def test_a_chat_gets_no_letter() -> None:
    text = closed(solved(ticket=a_ticket(name="Ana Lima", channel="chat")))
    assert text.startswith("Hello Ana.\n\nThank you")
    assert "regards" not in text


@pytest.mark.parametrize("name", TONES)
def test_it_is_in_the_tone_of_the_company(name: Tone) -> None:
    text = closed(solved(), rules=RETURNS.model_copy(update={"tone": name}))
    assert tone(name)["reopen"] in text
    assert WRITTEN[name]["en"]["suggest"] in text


@pytest.mark.parametrize("code", languages())
def test_it_is_in_the_language_of_the_reply(code: str) -> None:
    text = closed(in_language(code))
    assert "{" not in text
    assert tone(language=code)["reopen"] in text
    assert DETECTOR.likely(text)[code] > 0.9


@pytest.mark.parametrize("name", TONES)
def test_every_tone_and_language_has_the_same_entries(name: Tone) -> None:
    assert set(WRITTEN[name]) <= set(WRITTEN["plain"]) == set(languages())
    for words in WRITTEN[name].values():
        assert set(words) == {"solved", "kept", "suggest"}
        assert "{day}" in words["solved"]
        assert not any("!" in text for text in words.values())


def test_a_language_without_words_for_it_gets_none_and_it_is_said() -> None:
    case = solved(language=JAPANESE)
    assert closing_message(case, RETURNS) is None
    assert no_closing(case) == (
        "there is no wording in Japanese for a closing message: write it yourself"
    )


@pytest.mark.parametrize(
    "case",
    [a_case(work=None), a_case(opened()), a_case(opened(), decided(2, "edit", text="Wait."))],
)
def test_a_case_that_is_not_solved_is_not_closed_with_a_message(case: Case) -> None:
    assert closing_message(case, RETURNS) is None
    assert "solved" in no_closing(case)


@pytest.mark.parametrize("code", languages())
def test_the_closing_message_promises_and_asks_nothing_that_has_to_be_kept(code: str) -> None:
    case = in_language(code)
    assert entries(closed(case), case, RETURNS, event=4, at=NOW) == ()
