"""HTTP to a helpdesk: bounded in time and size, again after a pause, and its errors as ours."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from assist.errors import HelpdeskBusy, HelpdeskUnavailable, NotFound

MOST_BYTES = 20_000_000
"""Of an answer: a ticket of a hundred long mails is a tenth of that."""
TRIES = 3
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0
"""Seconds that a call waits for a helpdesk; longer waits are the queue's."""
GONE = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})


class Asking:
    """One helpdesk's API. What cannot be done again safely is done again only if it was not begun.

    Redirects are not followed and the environment's proxies not used: the token goes to one host.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        headers: Mapping[str, str],
        auth: tuple[str, str] | None = None,
        seconds: float = 10.0,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._name, self._pause, self._seconds = name, pause, seconds
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            headers={"Accept": "application/json", **headers},
            auth=auth,
            timeout=seconds,
            trust_env=False,
        )

    def get(self, path: str, **query: str | int) -> Any:
        """The JSON at this address."""
        return self._asked("GET", path, params=query or None)

    def send(self, method: str, path: str, body: Any) -> Any:
        """The JSON that answers this."""
        return self._asked(method, path, json=body)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _asked(self, method: str, path: str, **how: Any) -> Any:
        for left in range(TRIES - 1, -1, -1):
            try:
                return self._once(method, path, **how)
            except HelpdeskBusy as busy:
                if not left or busy.retry_after > LONGEST_PAUSE:
                    raise
                self._pause(busy.retry_after)
            except HelpdeskUnavailable as error:
                begun = method != "GET" and not isinstance(error.__cause__, httpx.ConnectError)
                if not left or begun or isinstance(error.__cause__, ValueError):
                    raise
                self._pause(FIRST_PAUSE * 2 ** (TRIES - 1 - left))
        raise AssertionError("the last try answers or raises")

    def _once(self, method: str, path: str, **how: Any) -> Any:
        try:
            with self._client.stream(method, path, **how) as response:
                self._check(response)
                text = self._body(response)
        except httpx.HTTPError as error:
            problem = f"{self._name} does not answer ({type(error).__name__})"
            raise HelpdeskUnavailable(problem, cure=_CURE) from error
        try:
            return json.loads(text) if text.strip() else None
        except (ValueError, RecursionError) as error:
            raise HelpdeskUnavailable(f"{self._name} answered no JSON", cure=_CURE) from error

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if response.is_success:
            return
        if status in GONE:
            raise NotFound(f"{self._name} has no such ticket", cure="it may have been deleted")
        if status == httpx.codes.TOO_MANY_REQUESTS:
            wait = _seconds(response.headers.get("Retry-After"))
            raise HelpdeskBusy(
                f"{self._name} asks to wait {wait:g} s", cure="it is tried again", retry_after=wait
            )
        cure = "check the token set for it" if status in {401, 403} else _CURE
        raise HelpdeskUnavailable(f"{self._name} answered {status}", cure=cure)

    def _body(self, response: httpx.Response) -> bytes:
        body, until = bytearray(), time.monotonic() + self._seconds
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MOST_BYTES:
                raise HelpdeskUnavailable(f"{self._name} answered too much", cure=_CURE)
            if time.monotonic() > until:
                raise HelpdeskUnavailable(f"{self._name} is not done answering", cure=_CURE)
        return bytes(body)


_CURE = "check the helpdesk and the settings that reach it"


def _seconds(said: str | None) -> float:
    """As `Retry-After` says in seconds; a date or nonsense is a minute."""
    if said is not None and not said.strip().isdecimal():
        return 60.0
    return min(float(said or 1.0), 3600.0)


def at(answer: Any, path: str) -> Any:
    """What stands at a dotted path of JSON, or none; a number counts into a list."""
    for part in path.split(".") if path else ():
        if isinstance(answer, dict):
            answer = answer.get(part)
        elif isinstance(answer, list) and part.isdecimal() and int(part) < len(answer):
            answer = answer[int(part)]
        else:
            return None
    return answer
