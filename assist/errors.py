"""Everything that can go wrong, named by what the handler must do.

    AssistError
    ├── BadInput            the caller must change the input       (exit 2, HTTP 4xx)
    │   ├── BadTicket
    │   ├── UnknownFilter
    │   ├── BadKnowledgeBase
    │   ├── BadSetting
    │   ├── TooLarge
    │   └── TooMany
    ├── NotFound            there is no such thing                 (exit 2, HTTP 404)
    │   └── TicketMoved
    ├── Unauthenticated     nobody knows who asks                  (exit 2, HTTP 401)
    ├── NotPermitted        the company's rules do not let it      (exit 2, HTTP 403)
    ├── AlreadyDone         it has been done, otherwise than asked (exit 2, HTTP 409)
    ├── WrongState          the state it is in does not allow it   (exit 2, HTTP 409)
    ├── NotReady            something must be done first           (exit 2, HTTP 409/503)
    │   ├── NoIndex
    │   ├── Overloaded
    │   └── HomeBusy
    │       └── HomeServed
    └── Unavailable         a part outside our code failed         (exit 2, HTTP 503)
        ├── StoreUnavailable
        ├── EmbedderUnavailable
        ├── DiskFull
        ├── TookTooLong
        ├── ProviderUnavailable
        ├── HelpdeskUnavailable
        │   └── HelpdeskBusy
        └── ModelFailure    a language model gave nothing that can be used
            ├── ModelUnreachable
            ├── ModelRefused
            ├── ModelBusy
            ├── ModelTimedOut
            ├── ModelGarbled
            └── BudgetSpent

Every error carries `problem` (what is wrong, naming the field), `cure` (what to do) and
optionally `where` (a field path or `file:line`).
"""


class AssistError(Exception):
    """Base of all our errors. `str()` is one line: where, problem, cure."""

    def __init__(self, problem: str, *, cure: str = "", where: str = "") -> None:
        self.problem = problem
        self.cure = cure
        self.where = where
        super().__init__(problem)

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        line = f"{head} ({self.cure})" if self.cure else head
        return " ".join(line.split())


class BadInput(AssistError):
    """The caller must change the input."""


class BadTicket(BadInput):
    """The ticket does not fit the schema, is empty, or is not text."""


class UnknownFilter(BadInput):
    """A search filter names a field that does not exist."""


class BadKnowledgeBase(BadInput):
    """A knowledge base cannot be read at all, or one of its YAML files is wrong."""


class BadSetting(BadInput):
    """A setting or option has a value we cannot use."""


class TooLarge(BadInput):
    """The input is larger than we read."""


class TooMany(BadInput):
    """More at once than we take."""


class NotFound(AssistError):
    """There is no such thing."""


class TicketMoved(NotFound):
    """The helpdesk merged the ticket into another; `to` is its id, "" where it does not say."""

    def __init__(self, problem: str, *, cure: str = "", where: str = "", to: str = "") -> None:
        self.to = to
        super().__init__(problem, cure=cure, where=where)


class Unauthenticated(AssistError):
    """Nobody knows who asks: no key was sent, or one that opens nothing (any more)."""


class NotPermitted(AssistError):
    """The company's rules do not let this level do it, or not without more facts."""


class AlreadyDone(AssistError):
    """It has been done before, otherwise than it is asked for now."""


class WrongState(AssistError):
    """The state it is in does not allow this: look at it again."""


class Stale(AssistError):
    """What it was decided on has changed since: look again, then decide."""


class NotReady(AssistError):
    """Something must be done first."""


class NoIndex(NotReady):
    """Nothing has been ingested in this home and workspace."""


class Overloaded(NotReady):
    """More waits than can be answered in time: nothing was begun. Again in `retry_after` s."""

    def __init__(
        self, problem: str, *, cure: str = "", where: str = "", retry_after: int = 1
    ) -> None:
        self.retry_after = retry_after
        super().__init__(problem, cure=cure or f"try again in {retry_after} seconds", where=where)


class HomeBusy(NotReady):
    """Another process owns this home."""


class HomeServed(HomeBusy):
    """A server owns this home: `url` reaches it, `place` says whose knowledge it serves."""

    def __init__(
        self, problem: str, *, cure: str = "", where: str = "", url: str = "", place: str = ""
    ) -> None:
        self.url = url
        self.place = place
        super().__init__(problem, cure=cure, where=where)


class Unavailable(AssistError):
    """A part outside our code failed."""


class StoreUnavailable(Unavailable):
    """The database or the vector store cannot be reached or is broken."""


class EmbedderUnavailable(Unavailable):
    """The embedding model cannot be loaded or is not the one it should be."""


class DiskFull(Unavailable):
    """There is no space left to write; what was there is untouched."""


class TookTooLong(Unavailable):
    """It was given up when its time was over."""


class ProviderUnavailable(Unavailable):
    """The sign-in provider cannot be reached, or is not what it should be."""


class HelpdeskUnavailable(Unavailable):
    """The helpdesk does not answer, or answers what cannot be read."""


class HelpdeskBusy(HelpdeskUnavailable):
    """The helpdesk asks to wait: again in `retry_after` seconds."""

    def __init__(
        self, problem: str, *, cure: str = "", where: str = "", retry_after: float = 1.0
    ) -> None:
        self.retry_after = retry_after
        super().__init__(problem, cure=cure, where=where)


class ModelFailure(Unavailable):
    """A language model gave nothing that can be used; what can be done without it still can."""


class ModelUnreachable(ModelFailure):
    """Nothing answers at the endpoint, or the connection broke before a reply began."""


class ModelRefused(ModelFailure):
    """The endpoint refuses what we ask: a wrong key, an unknown model, one that does not chat."""


class ModelBusy(ModelFailure):
    """The endpoint is overloaded or broken, or has failed so often that it is left alone."""


class ModelTimedOut(ModelFailure):
    """The reply did not begin, did not go on, or did not end in time."""


class ModelGarbled(ModelFailure):
    """There is a reply, but it is cut, too long, empty or not of the form asked for."""


class BudgetSpent(ModelFailure):
    """The time, tokens or money that one suggestion may take are used up."""
