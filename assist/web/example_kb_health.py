"""Examples of how articles do, in the OpenAPI document."""

from datetime import date, timedelta

from assist.domain.gaps import Gap, GapTicket, ImpactFactor, Span
from assist.domain.kb_health import (
    ArticleHealth,
    Fault,
    KbHealth,
    OwnWords,
    Share,
    TrainingNeeds,
)
from assist.web.examples import GENERATION, NOW, PASSAGE, QUOTE

SINCE = NOW - timedelta(days=90)


def some_health() -> KbHealth:
    """One article, much used, whose review is overdue."""
    article = ArticleHealth(
        document_id="return-an-order",
        title="Return an order",
        owner="Orders",
        shown=48,
        cited=41,
        opened=9,
        taken=Share(count=29, of=35),
        solved=Share(count=17, of=19),
        review_due=date(2026, 10, 31),
        overdue_days=20,
        own_words=OwnWords(queries=5, found=5, rank=1.0),
        faults=(Fault(kind="stale", message="its review was due on 2026-10-31"),),
        reasons=("its review is overdue by 20 days",),
        attention=13.229,
    )
    return KbHealth(
        since=SINCE,
        until=NOW,
        generation=GENERATION.id,
        tickets=312,
        checked=True,
        articles=(article,),
    )


def some_needs() -> TrainingNeeds:
    """A topic in which agents set aside what was right."""
    quote = Span(source=f"passage:{PASSAGE.id}", text=QUOTE, start=0, end=len(QUOTE))
    tickets = tuple(
        GapTicket(
            ticket_id=f"t-{number}",
            text="The customer wants to send an item back.",
            coverage=1.0,
            at=NOW - timedelta(days=number),
            found=(PASSAGE.id,),
        )
        for number in (9, 6, 2)
    )
    gap = Gap(
        id="training-orders",
        kind="training_need",
        label="orders",
        reason="agents set aside suggestions that the knowledge base supports: 3 tickets, "
        "2 of them came back, 1 judged right afterwards",
        documents=("return-an-order",),
        evidence=(quote,),
        tickets=tickets,
        coverage=1.0,
        factors=(
            ImpactFactor(name="volume", value=3, weight=1.0, says="3 tickets"),
            ImpactFactor(name="repeat_contact", value=1.6667, weight=1.0, says="2 came back"),
        ),
        impact=5.0,
        first_seen=(NOW - timedelta(days=9)).date(),
        last_seen=(NOW - timedelta(days=2)).date(),
    )
    return TrainingNeeds(since=SINCE, until=NOW, overridden=21, right=4, few=1, gaps=(gap,))
