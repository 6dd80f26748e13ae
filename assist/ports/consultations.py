"""Keeps consultations."""

from typing import Protocol

from assist.domain.consultation import Consultation


class ConsultationStore(Protocol):
    """Internal questions and their answers, for one workspace."""

    def add(self, consultation: Consultation) -> None:
        """Keep a new one; the same question about the same ticket again changes nothing.

        Raises `AlreadyDone` where its id is another question.
        """
        ...

    def get(self, consultation_id: str) -> Consultation:
        """Raises `NotFound`."""
        ...

    def close(self, consultation: Consultation) -> None:
        """Keep the answer to, or the withdrawal of, one that is open; the same again is fine.

        Raises `NotFound`, and `AlreadyDone` where it was closed before, otherwise.
        """
        ...

    def of_ticket(self, ticket_id: str) -> tuple[Consultation, ...]:
        """All about a ticket, oldest first."""
        ...

    def open(self, limit: int) -> tuple[Consultation, ...]:
        """Those that wait for an answer, the earliest due first."""
        ...
