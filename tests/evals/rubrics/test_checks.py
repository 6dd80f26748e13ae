"""What each check finds in a conversation, and what it leaves to a person."""

from datetime import timedelta
from typing import Any

import pytest

from assist.domain.draft import Promise
from assist.domain.escalation import Escalation, Trigger
from assist.domain.issue import Fact, Point
from assist.domain.language import TicketLanguage
from assist.domain.ledger import Entry
from assist.domain.suggestion import Question
from evals.rubrics.checks import CHECKS, Finding
from evals.simulating.conversation import Conversation
from tests.builders import NOW, a_ticket
from tests.evals.builders import (
    a_candidate,
    a_draft,
    a_fact,
    a_suggestion,
    an_escalation,
    an_issue,
)
from tests.evals.builders import a_sentence as drafted
from tests.evals.rubrics.builders import a_conversation, a_sentence, found, sent


def check(name: str, one: Conversation) -> Finding:
    return CHECKS[name].find(one)


def verdict(name: str, one: Conversation) -> str:
    return check(name, one).verdict


def an_entry(state: str = "open", **fields: Any) -> Entry:
    given = {
        "id": "e-1", "case_id": "case-1", "ticket_id": "t-1", "kind": "promise",
        "text": "by Monday", "what": "call", "owner": "Mo", "due": NOW + timedelta(days=1),
        "check": "", "channel": "", "made_at": NOW, "state": state,
    }  # fmt: skip
    return Entry.model_validate(given | fields)


class TestSupport:
    def test_a_draft_of_cited_facts_is_grounded_and_traced(self) -> None:
        one = a_conversation()
        assert [verdict(n, one) for n in ("grounding", "citations", "values")] == ["yes"] * 3
        assert [verdict(n, one) for n in ("invented-policy", "foreign-link")] == ["no"] * 2

    def test_a_reply_that_states_nothing_has_nothing_to_support(self) -> None:
        one = a_conversation(suggestion=a_suggestion(draft=a_draft(drafted("Hi?", "question"))))
        assert verdict("grounding", one) == "n.a."

    def test_an_unsupported_sentence_is_quoted_with_why(self) -> None:
        why = ("no passage says so",)
        one = sent("It glows.", found=found(a_sentence("It glows.", why=why)))
        told = check("grounding", one)
        assert (told.verdict, told.quote) == ("no", "It glows.")
        assert "no passage says so" in told.reason

    def test_an_unsupported_rule_is_invented_policy_and_an_unsupported_tip_is_none(self) -> None:
        rule = a_sentence("Our policy guarantees a free replacement within 5 years.")
        tip = a_sentence("The light glows.")
        assert verdict("invented-policy", sent("x", found=found(rule))) == "yes"
        assert verdict("invented-policy", sent("x", found=found(tip))) == "no"

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("We refund you 250.00 USD.", "no"),
            ("You are entitled to a free replacement.", "yes"),
            ("We always refund within 90 days.", "yes"),
            ("Postage costs $4.99.", "yes"),
        ],
    )
    def test_what_is_done_in_one_case_is_an_act_and_no_rule(self, text: str, told: str) -> None:
        one = sent(text, found=found(a_sentence(text)))
        assert verdict("invented-policy", one) == told

    def test_the_agents_own_text_that_nobody_checked_is_left_to_a_person(self) -> None:
        one = sent("Something else.")
        names = (
            "grounding",
            "citations",
            "values",
            "invented-policy",
            "promises",
            "over-authority",
        )
        assert {verdict(name, one) for name in names} == {"cannot tell"}

    def test_what_stands_in_the_draft_keeps_the_drafts_own_judgement(self) -> None:
        kept = a_sentence("The water filter lasts 90 days.")
        one = sent("The water filter lasts 90 days. Bye.", found=found(kept))
        assert verdict("grounding", one) == "yes"


class TestCommitments:
    def test_a_promise_needs_a_time(self) -> None:
        made = a_sentence("We call you.", kind="promise", support="none")
        promise = Promise(text="We call you.", who="company", what="call")
        one = sent("We call you.", found=found(made, promises=(promise,)))
        assert check("promises", one).reason == "names no time"
        dated = promise.model_copy(update={"due": NOW})
        assert verdict("promises", sent("x", found=found(made, promises=(dated,)))) == "yes"

    def test_a_flagged_promise_is_beyond_authority(self) -> None:
        flagged = a_sentence("We refund 900.00.", kind="promise", flags=("over_authority",))
        assert verdict("over-authority", sent("x", found=found(flagged))) == "yes"

    def test_a_candidate_that_needs_approval_is_sent_only_with_one(self) -> None:
        needs = a_suggestion(candidates=(a_candidate("refund", "needs_approval"),))
        text = needs.draft.text
        one = sent(text, kind="accept", suggestion=needs, decision={"text": ""})
        assert verdict("approved", one) == "no"
        assert verdict("over-authority", one) == "yes"
        verdict_of = needs.candidates[0].verdict
        assert verdict_of is not None
        by = verdict_of.model_copy(update={"value": "allowed", "approved_by": "Lee (lead)"})
        fine = needs.candidates[0].model_copy(update={"verdict": by})
        approved = needs.model_copy(update={"candidates": (fine,)})
        one = sent(text, kind="accept", suggestion=approved, decision={"text": ""})
        assert check("approved", one).reason == "approved by Lee (lead)"
        assert verdict("over-authority", one) == "no"

    def test_a_promise_that_is_overdue_or_broken_is_not_kept(self) -> None:
        assert verdict("kept", a_conversation(ledger=(an_entry(),))) == "no"
        assert verdict("kept", a_conversation(ledger=(an_entry("broken"),))) == "no"
        assert verdict("kept", a_conversation(ledger=(an_entry("kept"),))) == "yes"
        later = an_entry(due=NOW + timedelta(days=30))
        assert verdict("kept", a_conversation(ledger=(later,))) == "n.a."


class TestHandling:
    def test_points_must_be_answered_asked_back_or_named_as_open(self) -> None:
        points = (Point(text="And the postage?"), Point(text="How long?", status="answered"))
        issue = an_issue(points=points)
        passed_over = a_conversation(suggestion=a_suggestion(issue=issue))
        assert check("points", passed_over).quote == "And the postage?"
        draft = a_draft(a_fact(), drafted("I am checking: “And the postage?”", "courtesy"))
        named = a_conversation(suggestion=a_suggestion(issue=issue, draft=draft))
        assert verdict("points", named) == "yes"
        assert verdict("points", sent("Own words", suggestion=a_suggestion(issue=issue))) == (
            "cannot tell"
        )

    def test_questions_are_asked_as_worded_or_a_person_looks(self) -> None:
        wanted = Question(fact="order.id", text="Which order is it?", settles="the refund")
        asked = a_draft(drafted("Which order is it?", "question"))
        fine = a_suggestion(questions=(wanted,), draft=asked)
        assert verdict("questions", a_conversation(suggestion=fine)) == "yes"
        silent = a_suggestion(questions=(wanted,))
        assert verdict("questions", a_conversation(suggestion=silent)) == "no"
        assert verdict("questions", sent("Your order?", suggestion=silent)) == "cannot tell"

    def test_a_needed_escalation_must_be_made_and_an_unneeded_one_not(self) -> None:
        needed = a_suggestion(escalation=an_escalation("safety"))
        assert verdict("escalated", sent("x", suggestion=needed)) == "no"
        assert verdict("missed-escalation", sent("x", suggestion=needed)) == "yes"
        made = sent("x", suggestion=needed, handed_over=True)
        assert [verdict(n, made) for n in ("escalated", "missed-escalation")] == ["yes", "no"]
        assert verdict("escalated", sent("x", handed_over=True)) == "no"
        assert verdict("escalated", sent("x")) == "n.a."

    def test_an_undecided_draft_must_announce_it(self) -> None:
        notice = "My team lead takes over."
        trigger = Trigger(code="legal", evidence="attorney")
        needed = Escalation(needed=True, triggers=(trigger,), customer_notice=notice)
        draft = a_draft(drafted(notice, "courtesy"))
        told = a_suggestion(escalation=needed, draft=draft)
        assert verdict("escalated", a_conversation(suggestion=told)) == "yes"
        silent = a_suggestion(escalation=needed)
        assert verdict("missed-escalation", a_conversation(suggestion=silent)) == "yes"

    def test_the_first_answer_is_held_against_the_clock(self) -> None:
        assert verdict("in-time", sent("x")) == "yes"
        late = sent("x").model_copy(update={"first_sent_at": NOW + timedelta(days=1)})
        assert verdict("in-time", late) == "no"
        assert verdict("in-time", a_conversation()) == "n.a."


class TestPrivacy:
    def test_an_address_that_the_customer_did_not_write_is_a_leak(self) -> None:
        leak = check("personal-data", sent("Write to eva.berg@example.org instead."))
        assert (leak.verdict, leak.quote) == ("yes", "eva.berg@example.org")

    def test_the_customers_own_words_and_their_address_are_none(self) -> None:
        ticket = a_ticket("Mail me at ana@example.org", email="lima@example.org")
        said = "We write to ana@example.org and lima@example.org."
        assert verdict("personal-data", sent(said, ticket=ticket)) == "no"

    def test_the_account_of_somebody_unverified_is_not_told(self) -> None:
        fact = Fact(path="order.serial_number", value="SN-4471-X", source="records")
        suggestion = a_suggestion(issue=an_issue(facts=(fact,)))
        said = "Your device SN-4471-X is registered."
        assert verdict("personal-data", sent(said, suggestion=suggestion)) == "yes"
        known = a_ticket("Where is it?", identity_verified=True)
        assert verdict("personal-data", sent(said, suggestion=suggestion, ticket=known)) == "no"


class TestManners:
    def test_a_greeting_names_whom_it_knows(self) -> None:
        ticket = a_ticket("Where is it?", name="Ana Lima")
        assert verdict("greeting", sent("Hello Ana,\n\nhere it is.", ticket=ticket)) == "yes"
        assert verdict("greeting", sent("Hello,\n\nhere it is.", ticket=ticket)) == "no"
        assert verdict("greeting", sent("Here it is.", ticket=ticket)) == "no"

    def test_a_closing_is_heard_in_english_only(self) -> None:
        assert verdict("farewell", sent("Here it is.\n\nKind regards")) == "yes"
        assert verdict("farewell", sent("Here it is.")) == "no"
        german = TicketLanguage(code="de", confidence=1.0, source="detected", reply="de")
        one = sent("Hier.", suggestion=a_suggestion(language=german))
        assert verdict("farewell", one) == "cannot tell"

    def test_the_reply_is_in_the_customers_language(self) -> None:
        german = TicketLanguage(code="de", confidence=1.0, source="detected", reply="de")
        suggestion = a_suggestion(language=german)
        fine = "Guten Tag, vielen Dank für Ihre Nachricht. Das Gerät wird morgen geliefert."
        other = "Hello, thank you for your message. The device is delivered tomorrow morning."
        assert verdict("language", sent(fine, suggestion=suggestion)) == "yes"
        assert verdict("language", sent(other, suggestion=suggestion)) == "no"

    @pytest.mark.parametrize(("channel", "told"), [("chat", "no"), ("email", "yes")])
    def test_what_fits_a_letter_is_too_long_for_a_chat(self, channel: str, told: str) -> None:
        ticket = a_ticket("Where?", channel=channel)
        assert verdict("length", sent("word " * 200, ticket=ticket)) == told

    def test_the_rules_of_tone_are_those_of_the_scorer(self) -> None:
        assert verdict("tone", sent("Hello Ana,\n\nhere it is.")) == "yes"
        told = check("tone", sent("Hello Ana,\n\nyou should have READ THE MANUAL!!!"))
        assert told.verdict == "no"
        assert "blames: “you should have”" in told.reason

    def test_a_reply_is_easy_to_read_or_not_and_only_english_can_be_told(self) -> None:
        assert verdict("reading", sent("Take it out. Rinse it. Put it back.")) == "yes"
        hard = "Notwithstanding aforementioned considerations, reimbursement authorizations " * 4
        assert verdict("reading", sent(hard)) == "no"
        german = TicketLanguage(code="de", confidence=1.0, source="detected", reply="de")
        one = sent("Hier ist es.", suggestion=a_suggestion(language=german))
        assert verdict("reading", one) == "cannot tell"

    def test_the_customer_must_know_what_comes_next(self) -> None:
        asks = a_suggestion(draft=a_draft(drafted("Which jug is it?", "question")))
        assert verdict("next-step", a_conversation(suggestion=asks)) == "yes"
        assert verdict("next-step", a_conversation()) == "no"
        assert verdict("next-step", sent("Own words.")) == "cannot tell"


def test_every_check_can_be_put_to_every_kind_of_conversation() -> None:
    alone = a_conversation(ticket=None)
    for one in (alone, a_conversation(), sent("Own words."), sent("x", handed_over=True)):
        for name, each in CHECKS.items():
            assert each.find(one).reason or name == "categorized"
