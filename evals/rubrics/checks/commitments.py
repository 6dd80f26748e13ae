"""What was promised, granted and kept: by whom, within which authority, by when."""

from collections.abc import Iterator

from evals.rubrics.checks.finding import (
    UNCHECKED,
    Check,
    Finding,
    all_of,
    any_of,
    cannot_tell,
    no,
    not_applicable,
    yes,
)
from evals.simulating.conversation import Conversation


def promises(one: Conversation) -> Finding:
    """Every promise names a time by which it is done, and one that can be kept."""
    if one.checked is None or one.promises is None:
        return UNCHECKED
    made = [s for s in one.checked if s.kind == "promise"]
    if not made and not one.promises:
        return not_applicable("nothing is promised")
    faults = [
        no("cannot be kept in time: " + "; ".join(s.why), s.text)
        for s in made
        if "untimely" in s.flags
    ]
    faults += [no("names no time", p.text) for p in one.promises if p.due is None]
    return all_of(faults, f"{len(one.promises)} promised, each with a time")


def over_authority(one: Conversation) -> Finding:
    """The reply promises or grants what the agent's level may not, and nobody approved it."""
    if one.checked is None:
        return UNCHECKED
    harms = [
        yes("beyond the agent's level: " + ("; ".join(s.why) or "nobody approved it"), s.text)
        for s in one.checked
        if "over_authority" in s.flags
    ]
    if one.sent is not None:
        harms += _unapproved(one)
    return any_of(harms, "nothing is promised beyond the agent's level")


def _unapproved(one: Conversation) -> Iterator[Finding]:
    """What was gone with although its verdict did not allow it and no approval is recorded.

    Of a text of the agent's own the candidate says only what it started from.
    """
    taken = one.taken
    verdict = taken.verdict if taken and one.as_drafted else None
    if taken is None or verdict is None or verdict.value in ("allowed", "unknown"):
        return
    approved = verdict.approved_by or next(
        (a.approver for a in one.approvals if a.candidate_id == taken.id and a.approver), ""
    )
    if not approved:
        asked = f" (needs {verdict.level})" if verdict.level else ""
        yield yes(f"{taken.title} is {verdict.value.replace('_', ' ')}{asked}: {verdict.reason}")


def approved(one: Conversation) -> Finding:
    """What needed an approval was approved before the customer was told."""
    taken = one.taken
    if one.sent is None or taken is None or taken.verdict is None:
        return not_applicable("nothing was sent that somebody would approve")
    if taken.verdict.value == "allowed":
        by = taken.verdict.approved_by
        return yes(f"approved by {by}") if by else not_applicable("no approval was needed")
    found = next((a for a in one.approvals if a.candidate_id == taken.id and a.approver), None)
    if found is not None and found.answered_at is not None:
        told = f"approved by {found.approver}"
        late = found.answered_at > one.sent.at
        return no(f"{told}, after it was sent at {one.sent.at:%H:%M %Z}") if late else yes(told)
    if not one.as_drafted:
        return cannot_tell("the agent wrote their own text, and no approval is recorded")
    return no(f"{taken.title}: {taken.verdict.value.replace('_', ' ')}, and nobody approved it")


def kept(one: Conversation) -> Finding:
    """Every promise to the customer that was due is kept."""
    promised = [entry for entry in one.ledger if entry.kind == "promise"]
    if not promised:
        return not_applicable("nothing was promised")
    faults = [
        no(f"{standing}: {entry.what}", entry.text)
        for entry in promised
        if (standing := entry.standing(one.judged_at)) in ("broken", "overdue")
    ]
    if not faults and all(entry.state in ("open", "dropped") for entry in promised):
        return not_applicable("no promise is due yet")
    return all_of(faults, f"of {len(promised)} promises none is broken or overdue")


CHECKS = (
    Check("promises", "every promise names a time, and one that can be kept", promises),
    Check("approved", "what needed an approval was approved before it was sent", approved),
    Check("kept", "no promise to the customer is broken or overdue", kept),
    Check("over-authority", "something is promised beyond the agent's level", over_authority),
)
