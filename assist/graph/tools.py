"""What the steps may use: the ports and the policy set, handed in, never imported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assist.domain.approval import Approval
from assist.domain.consultation import Consultation
from assist.domain.grants import Granted
from assist.domain.knowledge import Hit, Kind, Passage
from assist.domain.language import TicketLanguage
from assist.domain.policy import PolicySet
from assist.domain.suggestion import TicketSignal
from assist.domain.ticket import Ticket
from assist.graph.llm.model import ModelHelp
from assist.ports import Records
from assist.retrieval.coverage import Coverage
from assist.understanding.injection import suspicions
from assist.understanding.language import Abilities


def _none_approved(_ticket_id: str) -> tuple[Approval, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Tools:
    """The outside world of one suggestion, all of one generation.

    `search(query, kind, top_k, filters)` is the one retrieval path, `search_each(queries, …)` the
    same for several; `judge_coverage(query, hits)` says how well hits answer a query;
    `similarity(query, texts)` gives a cosine per text; `document(id)` the passages of a
    document in order, `category_of(id)` what it is filed under;
    `language_of(ticket)` its language, `abilities` those a ticket can be answered in;
    `granted(customer id, since)` what a customer was granted, `consultations(ticket id)` what
    colleagues were asked, `approvals(ticket id)` what was asked beyond the agent's level;
    `model` helps where a language model may;
    `suspicions(text)` are orders to whoever reads it.
    """

    search: Callable[[str, Kind | None, int, Mapping[str, str]], tuple[Hit, ...]]
    search_each: Callable[
        [Sequence[str], Kind | None, int, Mapping[str, str]], tuple[tuple[Hit, ...], ...]
    ]
    judge_coverage: Callable[[str, Sequence[Hit]], Coverage]
    similarity: Callable[[str, Sequence[str]], Sequence[float]]
    document: Callable[[str], tuple[Passage, ...]]
    category_of: Callable[[str], str | None]
    policy_set: PolicySet
    language_of: Callable[[Ticket], TicketLanguage]
    abilities: Abilities
    granted: Callable[[str, datetime], tuple[Granted, ...]]
    consultations: Callable[[str], tuple[Consultation, ...]]
    suspicions: Callable[[str], tuple[TicketSignal, ...]] = suspicions
    records: Records | None = None
    approvals: Callable[[str], tuple[Approval, ...]] = _none_approved
    model: ModelHelp | None = None
