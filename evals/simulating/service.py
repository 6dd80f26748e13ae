"""The last conversations of a running service: its cases, over HTTP."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from assist.adapters.clock import SystemClock
from assist.domain.base import Model
from assist.domain.case_event import CaseRow
from assist.domain.case_view import CaseView
from assist.domain.draft_check import CheckedDraft, DraftToCheck
from assist.domain.suggestion import Suggestion
from assist.errors import BadInput, StoreUnavailable
from evals.simulating.cases import of_case
from evals.simulating.conversation import Conversation

SECONDS = 120.0
"""A check of a draft suggests for its ticket, which may take a while on a busy service."""
MOST = 500
"""Cases that one request lists."""
FORBIDDEN, TOO_LARGE = 403, 413
T = TypeVar("T", bound=BaseModel)


class _Rows(Model):
    """As the service lists cases."""

    cases: tuple[CaseRow, ...]


class Service:
    """A service of `assist` at `url`, asked with an API key where it wants one."""

    def __init__(self, url: str, key: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._url = url.rstrip("/")
        self._client = httpx.Client(headers=headers, timeout=SECONDS, follow_redirects=False)
        self.may_check = True
        """Whether the key may check drafts; it is found out with the first one."""

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def last(self, last: int) -> Iterator[Conversation]:
        """So many cases at most, the one that changed last first. Raises `BadInput`, `NotFound`.

        Suggestions that were asked for without a case are known to the home alone.
        """
        now = SystemClock().now()
        listed = self._read(_Rows, self._get("/v1/cases", {"limit": min(last, MOST)}))
        for row in listed.cases:
            view = self._read(CaseView, self._get(f"/v1/cases/{row.id}"))
            found = of_case(view, self._suggestion, self._check, now)
            if found is not None:
                yield found

    def _suggestion(self, suggestion_id: str) -> Suggestion:
        return self._read(Suggestion, self._get(f"/v1/suggestions/{suggestion_id}"))

    def _check(self, draft: DraftToCheck, at: datetime, level: str) -> CheckedDraft | None:
        """None where the key may not check drafts, or the text is too large for it."""
        if not self.may_check:
            return None
        told = draft.model_dump(mode="json", exclude_none=True)
        asked = {"at": at.isoformat(), "level": level}
        answer = self._send("POST", "/v1/check-draft", params=asked, json=told)
        if answer.status_code == FORBIDDEN:
            self.may_check = False
        if answer.status_code in (FORBIDDEN, TOO_LARGE):
            return None
        return self._read(CheckedDraft, self._fine(answer))

    def _get(self, path: str, params: dict[str, Any] | None = None) -> httpx.Response:
        return self._fine(self._send("GET", path, params=params or {}))

    def _send(self, method: str, path: str, **told: Any) -> httpx.Response:
        try:
            return self._client.request(method, self._url + path, **told)
        except httpx.HTTPError as error:
            raise StoreUnavailable(
                f"does not answer: {error or type(error).__name__}",
                where=self._url,
                cure="check --url and that `assist serve` runs there",
            ) from error
        except httpx.InvalidURL as error:
            raise BadInput(
                f"no address: {error}", where="--url", cure="http://HOST:PORT"
            ) from error

    def _fine(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            return answer
        problem = self._problem(answer)
        told = problem.get("detail") or problem.get("title") or answer.reason_phrase
        raise BadInput(
            f"answered {answer.status_code}: {told}",
            where=str(answer.request.url),
            cure=str(problem.get("cure") or "give a key that may read cases with --key-file"),
        )

    @staticmethod
    def _problem(answer: httpx.Response) -> dict[str, Any]:
        try:
            told = answer.json()
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

    def _read(self, model: type[T], answer: httpx.Response) -> T:
        try:
            return model.model_validate_json(answer.content)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise BadInput(
                f"answers what we do not know: {'.'.join(map(str, first['loc']))}: {first['msg']}",
                where=str(answer.request.url),
                cure="use the release of assist that serves there",
            ) from error
