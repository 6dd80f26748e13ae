from datetime import UTC, datetime

from assist.domain.case import Case
from assist.domain.draft import Citation, Promise
from assist.domain.issue import Abstention, Issue, Point
from assist.domain.suggestion import Question, TicketSignal
from assist.drafting.reply import Part, Setting, write_reply
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
    assert "Monday 23 November 2026, 16:00 (Europe/London)" in draft.text


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
