"""What differs between two suggestions for the same ticket."""

from typing import Any

import pytest

from assist.domain.draft import Citation, Draft, Sentence
from assist.domain.escalation import Escalation, EscalationPath, Trigger
from assist.domain.issue import Abstention, Fact
from assist.domain.solution import Candidate, Choice
from assist.domain.suggestion import Suggestion, Trace
from assist.domain.verdict import Verdict
from assist.graph.casework.compared import VersionChange, differences, model_changes
from assist.web.examples import a_suggestion

THEN = a_suggestion()


def changed(**fields: Any) -> Suggestion:
    return THEN.model_copy(update=fields)


def with_issue(**fields: Any) -> Suggestion:
    issue = THEN.issues[0].model_copy(update=fields)
    return changed(issues=(issue, *THEN.issues[1:]))


REFUSED = Abstention(code="no_evidence", reason="r", would_help="w")
CITED = Sentence(
    text="It takes 5 days.",
    kind="fact",
    citations=(Citation(passage_id="p", document_id="times", quote="It takes 5 days."),),
)


def test_a_suggestion_differs_from_itself_in_nothing() -> None:
    assert differences(THEN, THEN) == ()


def test_times_ids_and_traces_are_no_difference() -> None:
    assert differences(THEN, changed(id="s-2", generation="g2", trace=(), notes=("n",))) == ()


@pytest.mark.parametrize(
    ("now", "what", "told"),
    [
        (with_issue(statement="Another."), "issues", "Another. ("),
        (with_issue(facts=(Fact(path="a.b", value=2, source="agent"),)), "facts", "a.b = 2 (agent"),
        (with_issue(priority=None), "priority", ": none"),
        (with_issue(choice=None, abstention=REFUSED), "choice", "no answer, no_evidence"),
        (
            changed(
                candidates=(
                    *THEN.candidates,
                    Candidate(
                        id="i1.c9",
                        issue_id="i1",
                        title="Pay",
                        verdict=Verdict(value="needs_approval", level="lead", clauses=("c.one",)),
                    ),
                )
            ),
            "verdicts",
            "i1, Pay: needs_approval lead c.one",
        ),
        (
            changed(draft=Draft(text="…", sentences=(CITED,))),
            "citations",
            "times: It takes 5 days.",
        ),
        (
            changed(
                escalation=Escalation(
                    needed=True,
                    triggers=(Trigger(code="legal", evidence="a lawyer"),),
                    path=EscalationPath(team="Law", role="lawyer"),
                )
            ),
            "escalation",
            "needed to Law (lawyer)",
        ),
        (changed(draft=Draft(text="…", sentences=(CITED,))), "draft", "It takes 5 days."),
    ],
)
def test_what_an_agent_would_notice_is_a_difference(now: Any, what: str, told: str) -> None:
    found = {difference.what: difference for difference in differences(THEN, now)}
    assert what in found
    assert any(told in text for text in found[what].now)


def test_only_what_differs_is_told_and_not_what_both_say() -> None:
    first, second = CITED, CITED.model_copy(update={"text": "Ask us."})
    both = changed(draft=Draft(text="…", sentences=(first, second)))
    one = changed(draft=Draft(text="…", sentences=(first,)))
    found = {difference.what: difference for difference in differences(both, one)}
    assert (found["draft"].then, found["draft"].now) == (("Ask us.",), ())


def test_another_order_of_the_same_sentences_is_a_difference() -> None:
    first, second = CITED, CITED.model_copy(update={"text": "Ask us."})
    one, other = (
        changed(draft=Draft(text="…", sentences=told))
        for told in ((first, second), (second, first))
    )
    (found,) = differences(one, other)
    assert (found.then, found.now) == (
        ("It takes 5 days.", "Ask us."),
        ("Ask us.", "It takes 5 days."),
    )


def test_models_and_prompts_are_compared_step_by_step() -> None:
    then = changed(trace=(Trace(step="identify", ms=1, model="m1", prompt="p1"),))
    now = changed(
        trace=(
            Trace(step="identify", ms=1, model="m1", prompt="p2"),
            Trace(step="propose", ms=1, model="m1", prompt="p3"),
        )
    )
    assert model_changes(then, now) == (
        VersionChange(name="model of propose", then="", now="m1"),
        VersionChange(name="prompt of identify", then="p1", now="p2"),
        VersionChange(name="prompt of propose", then="", now="p3"),
    )
    assert model_changes(then, then) == ()


def test_the_choice_is_told_by_its_title() -> None:
    choice = Choice(candidate_id=THEN.candidates[0].id, reason="r")
    chosen = with_issue(choice=choice, abstention=None)
    refused = with_issue(choice=None, abstention=REFUSED)
    (found,) = (d for d in differences(chosen, refused) if d.what == "choice")
    assert THEN.candidates[0].title in found.then[0]
