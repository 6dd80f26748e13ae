"""Keeps requests for approval, and decides them together with what they grant."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from assist.domain.approval import Approval, ApprovalState
from assist.domain.verdict import Level
from assist.ports.grants import Booking


class Deciding(Protocol):
    """One customer's approvals and grants, and nobody else decides on either meanwhile."""

    @property
    def booking(self) -> Booking:
        """The customer's grants: what is booked here counts once the approval does."""
        ...

    def get(self, approval_id: str) -> Approval:
        """One as it stands now. Raises `NotFound`."""
        ...

    def close(self, approval: Approval) -> None:
        """Keep how one that is open ended. Raises `AlreadyDone` where it has ended before."""
        ...


class ApprovalStore(Protocol):
    """Requests for approval, for one workspace."""

    def add(self, approval: Approval) -> Approval:
        """Keep a new one; what is there under its id is given back as it is.

        Raises `AlreadyDone` where another of the same candidate waits for an answer.
        """
        ...

    def get(self, approval_id: str) -> Approval:
        """Raises `NotFound`."""
        ...

    def of_ticket(self, ticket_id: str) -> tuple[Approval, ...]:
        """All of a ticket's case, oldest first."""
        ...

    def listed(
        self, states: Sequence[ApprovalState], first: Sequence[Level], limit: int
    ) -> tuple[Approval, ...]:
        """Those in one of these states, those that need one of these levels first, oldest first."""
        ...

    def deciding(self, customer_id: str) -> AbstractContextManager[Deciding]:
        """Alone with a customer's approvals and grants until the block ends.

        On an error nothing of either is kept.
        """
        ...
