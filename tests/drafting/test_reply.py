from datetime import UTC, datetime

import pytest

from assist.domain.case import Case
from assist.domain.draft import Citation, Promise
from assist.domain.issue import Abstention, Issue, Point
from assist.domain.suggestion import Question, TicketSignal
from assist.drafting.promises import dated
from assist.drafting.reply import Part, Setting, write_reply
from assist.drafting.tone import TONES, Tone, tone
from tests.builders import NOW, a_passage, a_ticket

PASSAGE = a_passage("A refund takes 5 days.\n\n1. Open the app.\n2. Choose Return.")


def cite(quote: str) -> Citation:
    return Citation(passage_id=PASSAGE.id, document_id=PASSAGE.document_id, quote=quote)


def a_case(**fields: object) -> Case:
    return Case(ticket=a_ticket(name="Ana Lima"), now=NOW, **fields)  # type: ignore[arg-type]


def an_issue(**fields: object) -> Issue:
    given = {"id": "i1", "statement": "s", "text": "t", "points": (Point(text="t"),)}
    return Issue.model_validate(given | fields)


def test_facts_are_cited_quotes_and_steps_are_numbered_in_order() -> None:
    part = Part(
        issue=an_issue(),
        citations=(cite("A refund takes 5 days."), cite("Open the app."), cite("Choose Return.")),
    )
    draft, _ = write_reply(a_case(), (part,), Setting(), {PASSAGE.id: PASSAGE})
    assert "1. Open the app.\n2. Choose Return." in draft.text
    facts = [s for s in draft.sentences if s.kind == "fact"]
    assert len(facts) == 3
    assert all(s.citations and s.support == "supported" for s in facts)


def test_every_sentence_stands_in_the_text() -> None:
    part = Part(issue=an_issue(), citations=(cite("A refund takes 5 days."),))
    draft, _ = write_reply(a_case(), (part,), Setting(), {PASSAGE.id: PASSAGE})
    assert all(s.text in draft.text for s in draft.sentences)
    assert draft.text.startswith("Hello Ana,")


def test_an_abstention_states_no_fact_and_names_the_next_contact() -> None:
    abstention = Abstention(code="no_evidence", reason="r", would_help="w")
    due = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    setting = Setting(next_contact=due, time_zone="Europe/London")
    part = Part(issue=an_issue(abstention=abstention), citations=(cite("A refund takes 5 days."),))
    draft, promises = write_reply(a_case(), (part,), setting, {PASSAGE.id: PASSAGE})
    assert not [s for s in draft.sentences if s.kind == "fact"]
    assert [p.due for p in promises] == [due]
    assert "Monday 23 November 2026, 16:00 (London time)" in draft.text


def test_promises_are_listed_with_who_and_when() -> None:
    due = datetime(2026, 11, 27, tzinfo=UTC)
    promise = Promise(text="We will refund 5.00 USD.", who="Payments", what="Refund", due=due)
    _, promises = write_reply(
        a_case(), (Part(issue=an_issue(), promises=(promise,)),), Setting(), {}
    )
    assert promises == (promise,)


def test_questions_are_a_list_and_the_reply_says_what_follows_the_answer() -> None:
    question = Question(fact="order.id", text="What is the order number?", settles="a refund")
    draft, _ = write_reply(a_case(questions=(question,)), (Part(issue=an_issue()),), Setting(), {})
    assert "- What is the order number?" in draft.text
    assert "Once I have your reply" in draft.text


def test_a_frustrated_customer_reads_an_apology_first() -> None:
    signal = TicketSignal(name="frustration", span="unacceptable")
    draft, _ = write_reply(a_case(signals=(signal,)), (Part(issue=an_issue()),), Setting(), {})
    assert "sorry" in draft.sentences[1].text


def test_an_open_point_is_declared_open() -> None:
    part = Part(issue=an_issue(), open_points=("Can I paint it?",))
    draft, _ = write_reply(a_case(), (part,), Setting(), {})
    assert "Can I paint it?" in draft.text


def replied(case: Case, *parts: Part, **setting: object) -> str:
    """The text of a reply in this setting."""
    return write_reply(case, parts, Setting.model_validate(setting), {PASSAGE.id: PASSAGE})[0].text


def test_the_problem_is_named_in_the_customers_own_words() -> None:
    part = Part(issue=an_issue(), words="the light blinks amber")
    assert "You write: “the light blinks amber”." in replied(a_case(), part)


def test_several_issues_stand_under_labels_and_none_is_left_empty() -> None:
    notice = Promise(text="My team lead reads this.", who="Care", what="take over", due=NOW)
    abstention = Abstention(code="out_of_authority", reason="r", would_help="w")
    parts = (
        Part(issue=an_issue(), topic="refunds", citations=(cite("A refund takes 5 days."),)),
        Part(issue=an_issue(id="i2", abstention=abstention), topic="billing"),
    )
    text = replied(a_case(), *parts, notices=(notice,))
    assert "About refunds:\n\nA refund takes 5 days.\n\nAbout billing:\n\nI am passing" in text
    assert "not mine to grant" not in text


def test_a_time_that_the_notice_names_is_not_said_twice() -> None:
    due = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    told = "They write to you by Monday 23 November 2026, 16:00 (UTC time)."
    notice = Promise(text=told, who="Legal", what="take over", due=due)
    text = replied(a_case(), Part(issue=an_issue()), notices=(notice,), next_contact=due)
    assert text.count("16:00") == 1
    assert "please reply to this message" in text


def test_a_solved_case_asks_for_feedback_and_not_whether_it_is_solved() -> None:
    abstention = Abstention(code="no_evidence", reason="r", would_help="w")
    part = Part(issue=an_issue(abstention=abstention), solved=True)
    text = replied(a_case(), part)
    assert "how this went for you" in text
    assert "does not solve it" not in text


def test_steps_are_led_differently_where_something_was_tried() -> None:
    cited = (cite("Open the app."), cite("Choose Return."))
    tried = Part(issue=an_issue(tried=("I restarted it.",)), citations=cited)
    assert "already tried something" in replied(a_case(), tried)
    assert "already tried" not in replied(a_case(), Part(issue=an_issue(), citations=cited))


def test_an_abstention_names_what_is_being_checked() -> None:
    abstention = Abstention(code="no_evidence", reason="r", would_help="w")
    part = Part(issue=an_issue(abstention=abstention), open_points=("Can I paint it?",))
    assert "This is what I am checking for you:\n\n- “Can I paint it?”" in replied(a_case(), part)


def test_a_chat_has_no_letter_form_and_a_letter_has() -> None:
    part = Part(issue=an_issue(), citations=(cite("A refund takes 5 days."),))
    chat = replied(a_case(), part, channel="chat")
    assert chat.startswith("Hello Ana.")
    assert "Kind regards" not in chat
    assert replied(a_case(), part, channel="email").endswith("Kind regards")


def test_a_public_post_is_short_and_tells_nothing_of_the_customer() -> None:
    question = Question(fact="order.id", text="What is the order number?", settles="a refund")
    promise = Promise(text="We will refund 129.00 USD.", who="Payments", what="Refund", due=NOW)
    part = Part(issue=an_issue(), words="my hub is dead", promises=(promise,), open_points=("Eh?",))
    draft, made = write_reply(
        a_case(questions=(question,)), (part,), Setting(channel="Twitter"), {PASSAGE.id: PASSAGE}
    )
    assert made == ()
    assert len(draft.text) <= 280
    assert "\n" not in draft.text
    assert "private message" in draft.text
    for told in ("Ana", "129.00", "my hub", "order number"):
        assert told not in draft.text


@pytest.mark.parametrize("name", TONES)
def test_a_reply_is_in_the_tone_that_is_asked_for(name: Tone) -> None:
    text = replied(a_case(), Part(issue=an_issue()), tone=name)
    assert text.endswith(tone(name)["regards"])


def test_a_promise_tells_its_day_unless_it_names_a_time_itself() -> None:
    due = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
    bare = Promise(text="We will refund 5.00 USD.", who="Payments", what="Refund", due=due)
    told = dated(bare, "Europe/London", tone()).text
    assert told == "We will refund 5.00 USD; you can expect this by Friday 27 November 2026."
    own = bare.model_copy(update={"text": "We will call you within 2 business days."})
    assert dated(own, "Europe/London", tone()) == own
