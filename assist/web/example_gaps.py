"""Examples of gaps in the OpenAPI document."""

from datetime import date, timedelta
from typing import Any

from assist.domain.gap_work import GapDecision, GapEvent, GapRun
from assist.domain.gaps import Gap, GapProof, GapTicket, ImpactFactor
from assist.web.api.gaps import GapHead, Gaps, GapWhole, LastRun, ProofRequest, RunAsked
from assist.web.examples import NOW

DRAFT = """---
id: clubs-sponsor
title: Do you sponsor sports clubs?
audience: customer
gap: gap-5f0c21d4
---
# Do you sponsor sports clubs?

## Do you sponsor sports clubs?

Sports clubs are sponsored with up to three devices a year.
"""
GAP = Gap(
    id="gap-5f0c21d4",
    kind="missing_article",
    label="Do you sponsor sports clubs?",
    keywords=("sponsor", "clubs"),
    reason="nothing near answers it",
    tickets=(
        GapTicket(
            ticket_id="t-77",
            text="Do you sponsor sports clubs?",
            coverage=0.12,
            at=NOW,
            found=("gift-cards#8d4f2b9c01aa",),
            reply="Sports clubs are sponsored with up to three devices a year.",
        ),
    ),
    coverage=0.12,
    factors=(ImpactFactor(name="volume", value=14.0, weight=1.0, says="14 tickets"),),
    impact=14.0,
    first_seen=date(2026, 10, 2),
    last_seen=date(2026, 11, 19),
)
FOUND = GapEvent(key="look-1", at=NOW, what="found", reason=GAP.reason)
ACCEPTED = GapEvent(key="d-1", at=NOW + timedelta(hours=1), what="accepted", by="Mo Ito")


def decisions() -> dict[str, Any]:
    """Two decisions, and a text of one's own."""
    given = {
        "accept": GapDecision(act="accept", key="d-1"),
        "edit": GapDecision(act="edit", key="d-2", text="# Sponsoring\n\nClubs are sponsored."),
        "reject": GapDecision(act="reject", key="d-3", reason="we do not sponsor any more"),
    }
    return {name: one.model_dump(mode="json", exclude_unset=True) for name, one in given.items()}


def proof_requests() -> dict[str, Any]:
    """A proof."""
    return {"once": ProofRequest(key="p-1").model_dump(mode="json")}


def some_gaps() -> Gaps:
    """A list of one."""
    one = GapHead(
        id=GAP.id,
        kind=GAP.kind,
        state="open",
        label=GAP.label,
        keywords=GAP.keywords,
        reason=GAP.reason,
        tickets=14,
        coverage=GAP.coverage,
        impact=GAP.impact,
        owner="",
        found_at=NOW,
        seen_at=NOW,
    )
    return Gaps(gaps=(one,), total=1)


def an_accepted_gap() -> GapWhole:
    """The gap once it was accepted and proven."""
    proof = GapProof(gap_id=GAP.id, tickets=14, before=0.12, after=0.93, others=300, restored=1.0)
    return GapWhole(
        gap=GAP,
        state="accepted",
        owner="Mo Ito",
        found_at=NOW,
        seen_at=NOW,
        published_at=None,
        stale=False,
        draft=DRAFT,
        text="",
        proof=proof,
        history=(FOUND, ACCEPTED),
    )


def a_run_asked() -> RunAsked:
    """That gaps will be looked for."""
    return RunAsked(asked_at=NOW)


def the_last_run() -> LastRun:
    """A night's look."""
    run = GapRun(
        started_at=NOW,
        ended_at=NOW + timedelta(minutes=2),
        tickets=1_240,
        covered=980,
        found=1,
        new=1,
        generation="g-5f0c21d4",
        gaps=(GAP.id,),
    )
    return LastRun(run=run, last_good_at=NOW)
