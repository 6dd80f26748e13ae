"""The OpenAPI document made whole: problems, examples, the short form of a ticket, events."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from assist.domain.suggestion import Suggestion
from assist.graph.llm.model import SentenceWritten
from assist.web import (
    example_access,
    example_cases,
    example_drafts,
    example_escalations,
    example_evals,
    example_feedback,
    example_follow_ups,
    example_gaps,
    example_grants,
    example_helpdesks,
    example_jobs,
    example_kb_health,
    example_policies,
    example_records,
    example_trends,
    examples,
)
from assist.web.access_document import declare_access
from assist.web.api.events import StepDone
from assist.web.errors import Problem

Document = dict[str, Any]
JSON = "application/json"
TAGS = [
    {"name": "suggestions", "description": "A ticket in, a suggestion out."},
    {"name": "knowledge", "description": "What the knowledge base holds."},
    {"name": "policies", "description": "What the company decided, and what that says."},
    {"name": "grants", "description": "What customers were granted: the ledger that caps count."},
    {"name": "consultations", "description": "Questions to colleagues, and their answers."},
    {"name": "cases", "description": "Tickets on their way: decided, promised, followed up."},
    {"name": "escalations", "description": "Cases that were handed over, and what came back."},
    {"name": "approvals", "description": "What an agent may not grant, asked of who may."},
    {"name": "evaluation", "description": "How suggestions do on curated cases."},
    {"name": "gaps", "description": "What the knowledge base lacks, and what was done about it."},
    {"name": "trends", "description": "What cases tell over a time, and what is to be mended."},
    {"name": "helpdesks", "description": "Where tickets live, and what is done there."},
    {"name": "service", "description": "How the service is, and what its problems mean."},
]
REQUESTS: Mapping[str, Callable[[], Mapping[str, object]]] = {
    "suggest": examples.tickets,
    "check_draft": example_drafts.drafts,
    "search": examples.searches,
    "try_policies": example_policies.trials,
    "grant": example_grants.grant_requests,
    "void_grant": example_grants.void_requests,
    "ask_colleague": example_grants.questions,
    "answer_consultation": example_grants.answers,
    "withdraw_consultation": example_grants.withdrawals,
    "open_case": examples.tickets,
    "decide_case": example_cases.decisions,
    "consult_on_case": example_grants.questions,
    "report_progress": example_cases.progress_reports,
    "report_outcome": example_cases.outcomes,
    "cancel_case": example_cases.cancellations,
    "settle_promise": example_cases.settlements,
    "close_case": example_follow_ups.closings,
    "see_notice": example_follow_ups.seen_by,
    "take_escalation": example_escalations.takings,
    "answer_escalation": example_escalations.escalation_answers,
    "withdraw_escalation": example_escalations.escalation_withdrawals,
    "ask_approval": example_escalations.approval_requests,
    "answer_approval": example_escalations.approval_answers,
    "withdraw_approval": example_escalations.approval_withdrawals,
    "make_precedents": example_records.precedent_requests,
    "give_feedback": example_feedback.feedback_requests,
    "decide_gap": example_gaps.decisions,
    "prove_gap": example_gaps.proof_requests,
    "open_upstream": example_trends.upstream_requests,
    "decide_upstream": example_trends.upstream_decisions,
    "make_token": example_access.token_requests,
    "exchange_token": example_access.host_tokens,
    "publish_eval_run": example_evals.parts,
}
"""Examples by name of what an operation is asked, by operation id."""
ANSWERS: Mapping[str, Callable[[], BaseModel]] = {
    "suggest": examples.a_suggestion,
    "get_suggestion": examples.a_suggestion,
    "check_draft": example_drafts.a_checked_draft,
    "search": examples.a_search_answer,
    "get_passage": examples.a_passage_answer,
    "get_health": examples.alive,
    "get_readiness": examples.ready,
    "get_problem_type": examples.a_problem_meaning,
    "get_proof": example_policies.an_explanation,
    "list_policies": example_policies.a_list,
    "get_policy": example_policies.a_policy,
    "try_policies": example_policies.tried,
    "list_inquiries": example_jobs.some_inquiries,
    "get_kb_health": example_kb_health.some_health,
    "get_trends": example_trends.some_trends,
    "list_upstream": example_trends.some_items,
    "open_upstream": example_trends.an_item,
    "get_upstream": example_trends.a_mended_item,
    "decide_upstream": example_trends.a_mended_item,
    "list_training_needs": example_kb_health.some_needs,
    "ingest": example_jobs.a_new_job,
    "list_ingest_jobs": example_jobs.the_latest_jobs,
    "get_ingest_job": example_jobs.a_published_job,
    "grant": example_grants.a_grant,
    "list_grants": example_grants.some_grants,
    "get_grant": example_grants.a_grant,
    "void_grant": example_grants.a_grant_taken_back,
    "ask_colleague": example_grants.an_open_question,
    "list_open_consultations": example_grants.open_questions,
    "get_consultation": example_grants.an_answered_question,
    "answer_consultation": example_grants.an_answered_question,
    "withdraw_consultation": example_grants.a_withdrawn_question,
    "list_ticket_consultations": example_grants.questions_of_a_ticket,
    "open_case": example_cases.an_opened_case,
    "list_cases": example_cases.some_cases,
    "get_case": example_cases.an_answered_case,
    "decide_case": example_cases.an_answered_case,
    "consult_on_case": example_cases.a_case_with_a_question,
    "report_progress": example_cases.a_case_with_news,
    "report_outcome": example_cases.a_solved_case,
    "cancel_case": example_cases.a_cancelled_case,
    "list_promises": example_cases.open_promises,
    "settle_promise": example_cases.a_kept_promise,
    "get_promise": example_follow_ups.a_promise,
    "get_closing": example_follow_ups.a_closing_message,
    "close_case": example_follow_ups.a_closed_case,
    "list_notices": example_follow_ups.some_notices,
    "see_notice": example_follow_ups.a_seen_notice,
    "list_escalations": example_escalations.some_escalations,
    "get_escalation": example_escalations.an_answered_escalation,
    "take_escalation": example_escalations.a_taken_escalation,
    "answer_escalation": example_escalations.an_answered_escalation,
    "withdraw_escalation": example_escalations.a_withdrawn_escalation,
    "ask_approval": example_escalations.an_approval_that_waits,
    "list_approvals": example_escalations.some_approvals,
    "get_approval": example_escalations.an_approval_given,
    "answer_approval": example_escalations.an_approval_given,
    "withdraw_approval": example_escalations.an_approval_withdrawn,
    "get_record": example_records.a_record,
    "replay_case": example_records.a_replay,
    "list_precedents": example_records.some_precedents,
    "make_precedents": example_jobs.a_new_job,
    "give_feedback": example_feedback.an_edit,
    "list_feedback": example_feedback.all_feedback,
    "hear_helpdesk": example_helpdesks.heard,
    "hear_unsigned_helpdesk": example_helpdesks.heard,
    "list_helpdesks": example_helpdesks.some_helpdesks,
    "list_helpdesk_tickets": example_helpdesks.some_tickets,
    "fetch_ticket": example_cases.an_opened_case,
    "list_errands": example_helpdesks.some_errands,
    "make_token": example_access.a_token,
    "exchange_token": example_access.a_token,
    "list_audit": example_access.some_entries,
    "publish_eval_run": example_evals.a_kept_run,
    "list_eval_runs": example_evals.some_runs,
    "get_eval_run": example_evals.a_whole_run,
    "get_eval_case": example_evals.some_trials,
    "list_gaps": example_gaps.some_gaps,
    "get_gap": example_gaps.an_accepted_gap,
    "decide_gap": example_gaps.an_accepted_gap,
    "prove_gap": example_gaps.an_accepted_gap,
    "find_gaps": example_gaps.a_run_asked,
    "get_gap_run": example_gaps.the_last_run,
}
"""An example of what an operation answers, by operation id."""
SUCCESSES = ("200", "201", "202")
TAKE_TICKETS = ("suggest", "open_case")
"""Operations that take a ticket whole or short."""


class Service(FastAPI):
    """FastAPI whose document is complete."""

    def openapi(self) -> Document:
        """The OpenAPI document. FastAPI keeps what it built, so it is completed once."""
        document = super().openapi()
        if Problem.__name__ not in document["components"]["schemas"]:
            _complete(document)
        return document


def _complete(document: Document) -> None:
    schemas: Document = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for model in (Problem, StepDone, SentenceWritten):
        built = model.model_json_schema(
            mode="serialization", ref_template="#/components/schemas/{model}"
        )
        schemas |= built.pop("$defs", {}) | {model.__name__: built}
    operations = {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    for operation_id, asked in REQUESTS.items():
        body = operations[operation_id]["requestBody"]["content"][JSON]
        body["examples"] = {name: {"value": value} for name, value in asked().items()}
    for operation_id, answered in ANSWERS.items():
        answers = operations[operation_id]["responses"]
        for status in SUCCESSES:
            if status in answers:
                answers[status]["content"][JSON]["example"] = answered().model_dump(mode="json")
    declare_access(document, operations)
    schemas["ShortTicket"] = _short_ticket(schemas["Ticket"])
    for operation_id in TAKE_TICKETS:
        _take_short_tickets(operations[operation_id])
    _complete_suggest(operations["suggest"])


def _take_short_tickets(operation: Document) -> None:
    """What FastAPI cannot know: a ticket's short form."""
    forms = [{"$ref": f"#/components/schemas/{name}"} for name in ("Ticket", "ShortTicket")]
    operation["requestBody"]["content"][JSON]["schema"] = {"anyOf": forms}


def _complete_suggest(operation: Document) -> None:
    """What FastAPI cannot know: the answer as events."""
    step = format_sse_event(event="step", data_str=examples.a_step().model_dump_json())
    events = (
        ("step", StepDone),
        ("sentence", SentenceWritten),
        ("suggestion", Suggestion),
        ("problem", Problem),
    )
    operation["responses"]["200"]["content"]["text/event-stream"] = {
        "itemSchema": {"oneOf": [_event(name, model) for name, model in events]},
        "example": step.decode(),
    }


def _event(name: str, data: type[BaseModel]) -> Document:
    """A server-sent event whose data is JSON."""
    content = {"$ref": f"#/components/schemas/{data.__name__}"}
    text = {"type": "string", "contentMediaType": JSON, "contentSchema": content}
    return {
        "type": "object",
        "properties": {"event": {"const": name}, "data": text},
        "required": ["event", "data"],
    }


def _short_ticket(ticket: Document) -> Document:
    """A ticket of one message: `text` stands in place of `messages`."""
    fields = {name: field for name, field in ticket["properties"].items() if name != "messages"}
    return ticket | {
        "title": "ShortTicket",
        "description": "A ticket of one message, written by the customer.",
        "properties": fields | {"text": {"type": "string", "title": "Text"}},
        "required": ["text"],
    }
