"""Examples of ingest jobs and of inquiries in the OpenAPI document."""

from datetime import UTC, datetime, timedelta

from assist.domain.inquiries import CommonArticle, CommonInquiry, CommonReply, Inquiries
from assist.domain.jobs import IngestReport, Job
from assist.web.api.ingest import Jobs

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
WAITING = Job(
    id="j-3c1f0f2a9b7d4e58",
    sent_as="documents",
    source="wiki",
    prune=True,
    created_at=NOW,
    updated_at=NOW,
)
PUBLISHED = WAITING.model_copy(
    update={
        "state": "published",
        "stage": "vectors",
        "done": 9,
        "total": 9,
        "attempts": 1,
        "generation": "g4-5f0c21d4e9b7a310",
        "report": IngestReport(
            generation="g4-5f0c21d4e9b7a310",
            published=True,
            added=1,
            changed=0,
            removed=0,
            unchanged=3,
            documents=4,
            passages=9,
            problems=(),
            errors=0,
            warnings=0,
            seconds=1.9,
        ),
        "updated_at": NOW + timedelta(seconds=2),
    }
)


def a_new_job() -> Job:
    """A job that was just sent."""
    return WAITING


def a_published_job() -> Job:
    """The same job, built."""
    return PUBLISHED


def the_latest_jobs() -> Jobs:
    """One job."""
    return Jobs(jobs=(PUBLISHED,))


def some_inquiries() -> Inquiries:
    """One question that many ask."""
    article = CommonArticle(
        document_id="return-an-order",
        title="Return an order",
        why="cited in 12 of 14 suggestions",
    )
    text = "You can send an unused item back within 30 days of delivery."
    return Inquiries(
        since=NOW - timedelta(weeks=4),
        until=NOW,
        tickets=52,
        single=9,
        inquiries=(
            CommonInquiry(
                statement="The customer wants to send an item back.",
                category="orders",
                count=14,
                before=6,
                share=0.27,
                answered=0.93,
                ticket_ids=("sample",),
                article=article,
                reply=CommonReply(
                    source="article",
                    document_id=article.document_id,
                    title=article.title,
                    text=text,
                ),
            ),
        ),
    )
