"""Facts, tags and attachments listed in the other order: on the ticket and on record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from assist.domain.records import CustomerRecord
from assist.graph.tools import Tools
from assist.ports import Records
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Inputs, Perturbation, Setting, Skip, Variant
from evals.robustness.telling import with_ticket

T = TypeVar("T")


def _turned(case: EvalCase, _: Setting) -> Found:
    ticket = case.ticket
    changed = {
        "facts": _backward(ticket.facts),
        "tags": ticket.tags[::-1],
        "attachments": ticket.attachments[::-1],
    }
    if max(len(ticket.facts), len(ticket.tags), len(ticket.attachments)) > 1:
        yield Variant("ticket", with_ticket(case, ticket.model_copy(update=changed)))
    else:
        yield Skip("ticket", "it lists nothing twice")
    touched: list[str] = []

    def tools(before: Tools) -> Tools:
        records = before.records
        return replace(before, records=_Backward(records, touched)) if records else before

    yield Variant("record", case, Inputs(touched, tools=tools))


@dataclass(frozen=True, slots=True)
class _Backward:
    """Records whose facts are listed the other way round; which order is the latest stays."""

    records: Records
    touched: list[str]

    def find(self, *, customer_id: str | None, email: str | None) -> CustomerRecord | None:
        """The customer's record."""
        found = self.records.find(customer_id=customer_id, email=email)
        if found is None:
            return None
        self.touched.append(found.id)
        orders = {name: _backward(facts) for name, facts in found.orders.items()}
        return found.model_copy(update={"facts": _backward(found.facts), "orders": orders})


def _backward(facts: Mapping[str, T]) -> dict[str, T]:
    return dict(reversed(list(facts.items())))


PERTURBATION = Perturbation("facts", "order", "facts listed the other way round", _turned)
