"""An issue that is not covered well, with what the rest of its ticket says of it."""

from datetime import datetime

from assist.domain.base import Model
from assist.domain.coverage import Covered


class Uncovered(Model):
    """One issue of a ticket. `came_back`: the customer wrote again after an agent's answer.

    `elsewhere` is the document that answers it for somebody else: another audience, region or
    product. `reply` is what the agent answered, redacted; "" where nobody did.
    """

    ticket_id: str
    text: str
    covered: Covered
    at: datetime | None = None
    customer_id: str = ""
    product: str = ""
    region: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    answers: int = 0
    """Public messages of agents."""
    came_back: bool = False
    reply: str = ""
    elsewhere: str = ""
