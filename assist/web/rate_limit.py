"""How often one key or person may ask: 429 beyond it, before the body is read. For each process."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from assist.domain.access import Bearer
from assist.domain.doors import RateSettings
from assist.service.desk import Desk
from assist.web.access import HOOKS
from assist.web.errors import OF_STATUSES, answer, make_problem

WINDOW = 60
"""Seconds. It moves: no burst of twice the limit fits around the turn of a minute."""
SUGGESTS = frozenset(
    {("POST", "/v1/suggestions"), ("POST", "/v1/cases"), ("GET", "/sample"), ("POST", "/sample")}
)
"""What makes a suggestion, which takes a hundred times what most requests take."""
SIGN_INS = frozenset(
    {
        ("POST", "/sign-in"),
        ("POST", "/sign-in/link"),
        ("GET", "/sign-in/provider"),
        ("GET", "/sign-in/back"),
        ("POST", "/v1/tokens/host"),
    }
)
"""Ways in. All count together: who asks is not known yet, and no address is looked at."""
HEADERS = {
    "Retry-After": "Seconds until the next request is taken",
    "RateLimit-Policy": "The limit: `q` requests in `w` seconds",
    "RateLimit": "What is left of it: `r` requests; it is whole again in `t` seconds",
}
"""What a 429 of ours brings, and what it says (draft-ietf-httpapi-ratelimit-headers)."""


class Rule(NamedTuple):
    """One limit and whose: of a key or a person, or of everybody together."""

    name: str
    most: int
    whose: str


class RateLimit:
    """ASGI middleware: counts what each key or person asks, and every attempt to sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within the limits."""
        if scope["type"] == "http":
            desk: Desk = scope["app"].state.desk
            for rule in rules_for(scope, desk.doors.rate):
                if not self._limiter.hit(RateLimitItemPerMinute(rule.most), rule.name, rule.whose):
                    await self._refused(rule, desk.parts.clock.now())(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    def _refused(self, rule: Rule, now: datetime) -> ASGIApp:
        item = RateLimitItemPerMinute(rule.most)
        ends = self._limiter.get_window_stats(item, rule.name, rule.whose).reset_time
        wait = min(max(1, round(ends - now.timestamp() + 0.5)), WINDOW)
        headers = {
            "Retry-After": str(wait),
            "RateLimit-Policy": f'"{rule.name}";q={rule.most};w={WINDOW}',
            "RateLimit": f'"{rule.name}";r=0;t={wait}',
        }
        said = f"more than {rule.most} {rule.name} a minute"
        problem = make_problem(OF_STATUSES[429], said, cure=f"try again in {wait} seconds")
        return answer(problem, headers)


def rules_for(scope: Scope, rate: RateSettings) -> Sequence[Rule]:
    """The limits that a request counts against; a limit of 0 is none."""
    asked = (scope["method"], scope["path"])
    rules = []
    if asked in SIGN_INS:
        rules.append(Rule("sign-ins", rate.sign_ins_per_minute, "everybody"))
    if scope["path"].startswith(HOOKS):
        rules.append(Rule("webhooks", rate.hooks_per_minute, "everybody"))
    who: Bearer | None = scope["state"]["key"]
    if who is not None:
        rules.append(Rule("requests", rate.per_minute, who.id))
        if asked in SUGGESTS:
            rules.append(Rule("suggestions", rate.suggestions_per_minute, who.id))
    return [rule for rule in rules if rule.most]
