"""How often each operation is asked by the fuzz, by requests that fit and that do not."""

from dataclasses import dataclass

from schemathesis import GenerationMode

FITTING, UNFIT = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
EVENTS = {"Accept": "text/event-stream"}


@dataclass(frozen=True)
class Round:
    """So many requests to one operation. Half of them ask for what `known` says there is."""

    operation: str
    mode: GenerationMode
    requests: int
    headers: dict[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.operation}, {self.mode.value}{', events' if self.headers else ''}"


ROUNDS = (
    Round("suggest", FITTING, 60),
    Round("suggest", UNFIT, 200),
    Round("suggest", FITTING, 25, EVENTS),
    Round("check_draft", FITTING, 40),
    Round("check_draft", UNFIT, 80),
    Round("get_suggestion", FITTING, 250),
    Round("search", FITTING, 150),
    Round("search", UNFIT, 550),
    Round("get_passage", FITTING, 250),
    Round("list_inquiries", FITTING, 30),
    Round("list_inquiries", UNFIT, 30),
    Round("list_policies", FITTING, 20),
    Round("list_policies", UNFIT, 20),
    Round("get_policy", FITTING, 80),
    Round("try_policies", FITTING, 50),
    Round("try_policies", UNFIT, 100),
    Round("get_proof", FITTING, 40),
    Round("grant", FITTING, 30),
    Round("grant", UNFIT, 80),
    Round("list_grants", FITTING, 20),
    Round("list_grants", UNFIT, 20),
    Round("get_grant", FITTING, 20),
    Round("void_grant", FITTING, 20),
    Round("void_grant", UNFIT, 20),
    Round("ask_colleague", FITTING, 30),
    Round("ask_colleague", UNFIT, 60),
    Round("list_open_consultations", FITTING, 10),
    Round("list_open_consultations", UNFIT, 10),
    Round("get_consultation", FITTING, 20),
    Round("answer_consultation", FITTING, 20),
    Round("answer_consultation", UNFIT, 20),
    Round("withdraw_consultation", FITTING, 10),
    Round("withdraw_consultation", UNFIT, 10),
    Round("list_ticket_consultations", FITTING, 10),
    Round("open_case", FITTING, 30),
    Round("open_case", UNFIT, 60),
    Round("list_cases", FITTING, 10),
    Round("list_cases", UNFIT, 10),
    Round("get_case", FITTING, 20),
    Round("decide_case", FITTING, 40),
    Round("decide_case", UNFIT, 40),
    Round("consult_on_case", FITTING, 20),
    Round("consult_on_case", UNFIT, 20),
    Round("report_progress", FITTING, 20),
    Round("report_progress", UNFIT, 20),
    Round("report_outcome", FITTING, 20),
    Round("report_outcome", UNFIT, 20),
    Round("get_record", FITTING, 20),
    Round("replay_case", FITTING, 10),
    Round("ask_approval", FITTING, 30),
    Round("ask_approval", UNFIT, 40),
    Round("list_approvals", FITTING, 10),
    Round("list_approvals", UNFIT, 10),
    Round("get_approval", FITTING, 20),
    Round("answer_approval", FITTING, 20),
    Round("answer_approval", UNFIT, 20),
    Round("withdraw_approval", FITTING, 10),
    Round("withdraw_approval", UNFIT, 10),
    Round("list_escalations", FITTING, 10),
    Round("list_escalations", UNFIT, 10),
    Round("get_escalation", FITTING, 20),
    Round("take_escalation", FITTING, 20),
    Round("take_escalation", UNFIT, 10),
    Round("answer_escalation", FITTING, 20),
    Round("answer_escalation", UNFIT, 20),
    Round("withdraw_escalation", FITTING, 10),
    Round("withdraw_escalation", UNFIT, 10),
    Round("list_precedents", FITTING, 10),
    Round("list_precedents", UNFIT, 10),
    Round("make_precedents", FITTING, 10),
    Round("make_precedents", UNFIT, 20),
    Round("list_promises", FITTING, 10),
    Round("list_promises", UNFIT, 10),
    Round("get_promise", FITTING, 20),
    Round("get_closing", FITTING, 10),
    Round("close_case", FITTING, 20),
    Round("close_case", UNFIT, 20),
    Round("list_notices", FITTING, 10),
    Round("list_notices", UNFIT, 10),
    Round("see_notice", FITTING, 20),
    Round("see_notice", UNFIT, 20),
    Round("settle_promise", FITTING, 20),
    Round("settle_promise", UNFIT, 20),
    Round("cancel_case", FITTING, 10),
    Round("cancel_case", UNFIT, 10),
    Round("give_feedback", FITTING, 20),
    Round("give_feedback", UNFIT, 40),
    Round("list_feedback", FITTING, 20),
    Round("make_token", FITTING, 30),
    Round("make_token", UNFIT, 60),
    Round("exchange_token", FITTING, 20),
    Round("exchange_token", UNFIT, 20),
    Round("list_audit", FITTING, 30),
    Round("list_audit", UNFIT, 40),
    Round("publish_eval_run", FITTING, 20),
    Round("publish_eval_run", UNFIT, 60),
    Round("list_eval_runs", FITTING, 20),
    Round("list_eval_runs", UNFIT, 20),
    Round("get_eval_run", FITTING, 20),
    Round("get_eval_case", FITTING, 20),
    Round("get_problem_type", FITTING, 160),
    Round("get_metrics", FITTING, 5),
    Round("get_health", FITTING, 1),  # there is nothing to vary
    Round("get_readiness", FITTING, 1),
    Round("ingest", FITTING, 30),
    Round("ingest", UNFIT, 100),
    Round("list_ingest_jobs", FITTING, 20),
    Round("list_ingest_jobs", UNFIT, 20),
    Round("get_ingest_job", FITTING, 100),
)
