"""Was the case handled as it had to be: in time, by the right people, every point looked at?"""

from evals.rubrics.checks.finding import (
    Check,
    Finding,
    all_of,
    any_of,
    cannot_tell,
    no,
    not_applicable,
    yes,
)
from evals.simulating.conversation import Conversation, fold


def points(one: Conversation) -> Finding:
    """Every point that the customer raised is answered, asked back, or named as still open."""
    raised = [point for issue in one.suggestion.issues for point in issue.points]
    if not raised:
        return not_applicable("no point was told apart")
    if not one.as_drafted:
        return cannot_tell("the agent wrote their own text; its points were not looked at")
    said = fold(one.text)
    faults = [
        no("passed over", point.text)
        for point in raised
        if point.status == "open" and fold(point.text) not in said
    ]
    return all_of(faults, f"all {len(raised)} points are answered, asked back or named as open")


def questions(one: Conversation) -> Finding:
    """What has to be known before anything can be decided is asked."""
    wanted = one.suggestion.questions
    if not wanted:
        return not_applicable("nothing had to be asked")
    said = fold(one.text)
    missing = [no(f"does not ask for {q.fact}", q.text) for q in wanted if fold(q.text) not in said]
    if missing and not one.as_drafted:
        return cannot_tell("the agent asked in their own words, or not at all")
    return all_of(missing, f"asks all {len(wanted)} questions")


def escalated(one: Conversation) -> Finding:
    """What has to be handed over is handed over, and nothing else is."""
    found = one.suggestion.escalation
    codes = ", ".join(dict.fromkeys(trigger.code for trigger in found.triggers))
    if not one.decided:
        if not found.needed:
            return not_applicable("nothing calls for it")
        told = fold(found.customer_notice) in fold(one.text)
        return yes(f"announced ({codes})") if told else no(f"needed ({codes}), and not announced")
    if found.needed and not one.handed_over:
        return no(f"needed ({codes}), and not handed over", _evidence(one))
    if one.handed_over and not found.needed:
        return no("handed over, although nothing that was found calls for it")
    if one.handed_over:
        return yes(f"handed over ({codes})", _evidence(one))
    return not_applicable("nothing calls for it")


def missed_escalation(one: Conversation) -> Finding:
    """Danger, law, press or security was not handed over."""
    triggers = [t for t in one.suggestion.escalation.triggers if t.code in GRAVE]
    if not one.suggestion.escalation.needed or not triggers:
        return no("nothing grave was found")
    harms = (
        []
        if _handed_over(one)
        else [yes(f"{t.code} was not handed over", t.evidence) for t in triggers]
    )
    return any_of(harms, "what is grave was handed over")


def _handed_over(one: Conversation) -> bool:
    """Before anybody decides: whether the draft announces it."""
    if one.decided:
        return one.handed_over
    return fold(one.suggestion.escalation.customer_notice) in fold(one.text)


def _evidence(one: Conversation) -> str:
    return next((t.evidence for t in one.suggestion.escalation.triggers), "")


def in_time(one: Conversation) -> Finding:
    """The customer was first answered within the time that the SLA gives."""
    if one.first_sent_at is None:
        return not_applicable("nothing was sent")
    clocks = one.suggestion.priority.clocks
    due, at = clocks.first_response_due, clocks.first_response_met or one.first_sent_at
    told = f"answered {at:%Y-%m-%d %H:%M %Z}, due {due:%Y-%m-%d %H:%M %Z}"
    return yes(told) if at <= due else no(told)


def solved(one: Conversation) -> Finding:
    """It solved the matter, as was found at the follow-up."""
    if one.outcome is None:
        return not_applicable("no outcome is recorded yet")
    if one.outcome.kind == "no_answer":
        return not_applicable("the customer did not answer")
    rated = f", rated {one.outcome.rating} of 5" if one.outcome.rating else ""
    return yes(f"solved{rated}") if one.outcome.kind == "solved" else no("it did not help")


def categorized(one: Conversation) -> Finding:
    """Every issue has a category of the company's."""
    faults = [no("has no category", i.statement) for i in one.suggestion.issues if not i.category]
    return all_of(faults, ", ".join(filter(None, (i.category for i in one.suggestion.issues))))


GRAVE = frozenset({"safety", "legal", "press", "security"})
"""What hurts somebody, or the company, where it waits."""

CHECKS = (
    Check("points", "every point is answered, asked back or named as still open", points),
    Check("questions", "what has to be known first is asked", questions),
    Check("escalated", "what has to be handed over is, and nothing else", escalated),
    Check("in-time", "the first answer came within the SLA", in_time),
    Check("solved", "it solved the matter", solved),
    Check("categorized", "every issue has a category", categorized),
    Check(
        "missed-escalation", "danger, law, press or security was not handed over", missed_escalation
    ),
)
