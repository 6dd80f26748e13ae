"""`python -m evals.bench.fuzz`: requests made up from the OpenAPI document, by everybody.

Twenty thousand of them, spread over all operations, half fitting and half not, each by somebody
who is drawn: a key, a session or a token of each role, or nobody. No answer may be a fault of ours
(5xx) or one that the document does not declare. Exits 1 where one is. The tests ask a tenth.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.access import Role
from assist.domain.base import Model
from assist.domain.doors import Doors, RateSettings
from assist.domain.sign_in import Person
from assist.errors import BadSetting
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.service.keyring import Keyring
from assist.service.sessions import TOKEN_LIFE, begin_session
from assist.web.app import create_app
from assist.web.browser import csrf_of
from assist.wiring import opened
from evals.homes import own_settings, temporary_home

if TYPE_CHECKING:
    from schemathesis import Case

CORPUS = Path("kb_corpus")
PATIENCE = 120
"""Seconds: what is slow on a busy machine is not what is looked for."""
UNLIMITED = Doors(rate=RateSettings(per_minute=0, suggestions_per_minute=0, sign_ins_per_minute=0))
ORIGIN = "http://127.0.0.1"
LONGEST = 500
"""Characters of what is told about one answer that is wrong."""
RENEWED = TOKEN_LIFE.total_seconds() / 2
"""Seconds after which whoever asks signs in again: tokens end while this runs."""


class Fuzzed(Model):
    """What came of it. `wrong` should be empty."""

    requests: int
    operations: int
    statuses: dict[int, int]
    wrong: tuple[str, ...]
    seconds: float


@dataclass
class Askers:
    """Everybody who may ask, signed in anew from time to time."""

    desk: Desk
    clock: Callable[[], float] = time.monotonic
    _made: float = 0.0
    _headers: Sequence[Mapping[str, str]] = ()

    def headers(self, number: int) -> Mapping[str, str]:
        """What one of them sends."""
        if not self._headers or self.clock() - self._made > RENEWED:
            self._made, self._headers = self.clock(), tuple(self._signed_in())
        return self._headers[number % len(self._headers)]

    def _signed_in(self) -> list[dict[str, str]]:
        parts = self.desk.parts
        ring = Keyring(parts.keys, parts.knowledge, parts.clock, parts.audit)
        found: list[dict[str, str]] = [{}, {"Authorization": "Bearer ak_x"}]
        for role in get_args(Role):
            person = Person(id=f"p-{role}", role=role, level="lead")
            token = begin_session(self.desk, person, "host", kind="token", life=TOKEN_LIFE).secret
            cookie = begin_session(self.desk, person, "provider").secret
            found += [
                {"Authorization": f"Bearer {ring.create(role, level='lead').secret}"},
                {"Authorization": f"Bearer {token}"},
                {
                    "Cookie": f"assist={cookie}",
                    "X-CSRF-Token": csrf_of(cookie),
                    "Origin": ORIGIN,
                    "Sec-Fetch-Site": "same-origin",
                },
            ]
        admin = found[-3:]
        return admin * (len(found) // 3) + found  # an admin gets furthest


@fails_cleanly
def main(
    requests: Annotated[int, typer.Option(help="How many, about.", min=100)] = 20_000,
    seed: Annotated[int, typer.Option(help="The same requests for the same number.")] = 0,
    as_json: Json = False,
) -> None:
    """Ask the sample company's service all that its document allows, and what it does not."""
    with temporary_home() as home, opened(own_settings(home)) as desk:
        desk.ingest(CORPUS, progress=silent)
        found = fuzz(replace(desk, doors=UNLIMITED), requests, seed)
    if as_json:
        print(found.model_dump_json())
    else:
        _show(found)
    if found.wrong:
        raise typer.Exit(1)


def fuzz(desk: Desk, requests: int, seed: int = 0) -> Fuzzed:
    """So many requests, about as many to each operation. Raises `BadSetting` without the tool."""
    try:
        import schemathesis
        from schemathesis import GenerationMode
    except ImportError as error:
        cure = "pip install 'assist-desk[dev]'"
        raise BadSetting("schemathesis is not installed", cure=cure) from error
    desk.warm()
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(desk))
    found: Iterable[Any] = schema.get_all_operations()
    operations = [result.ok() for result in found]
    each = max(1, requests // (2 * len(operations)))
    started, asked = time.monotonic(), _Asked(Askers(desk))
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                _ask(operation.as_strategy(mode), each, seed, asked)
            except _NothingToVary:
                continue
    return Fuzzed(
        requests=sum(asked.statuses.values()),
        operations=len(operations),
        statuses=dict(sorted(asked.statuses.items())),
        wrong=tuple(asked.wrong),
        seconds=round(time.monotonic() - started, 1),
    )


class _NothingToVary(Exception):
    """An operation without parameters has nothing that does not fit."""


class _Asked:
    """Asks, and keeps what was answered."""

    def __init__(self, askers: Askers) -> None:
        self._askers = askers
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []

    def __call__(self, case: "Case[Any]", who: int) -> None:
        from schemathesis.checks import not_a_server_error
        from schemathesis.core.failures import Failure, FailureGroup
        from schemathesis.specs.openapi.checks import (
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
            status_code_conformance,
        )

        answer = case.call(headers=dict(self._askers.headers(who)), timeout=PATIENCE)
        self.statuses[answer.status_code] += 1
        checks = [
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
        ]
        try:
            case.validate_response(answer, checks=checks)
        except (Failure, FailureGroup) as error:
            said = " ".join(str(error).split())[:LONGEST]
            self.wrong.append(f"{case.operation.label} {answer.status_code}: {said}")


def _ask(strategy: Any, times: int, seed: int, asked: _Asked) -> None:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st
    from hypothesis.errors import Unsatisfiable

    @seeded(seed)
    @settings(
        max_examples=times,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, who=st.integers(0, 1_000))
    def request(case: "Case[Any]", who: int) -> None:
        asked(case, who)

    try:
        request()
    except Unsatisfiable as error:
        raise _NothingToVary from error


def _show(found: Fuzzed) -> None:
    print(f"{found.requests} requests to {found.operations} operations in {found.seconds} s")
    print(", ".join(f"{status}: {times}" for status, times in found.statuses.items()))
    for one in found.wrong:
        say(f"WRONG {one}")


if __name__ == "__main__":
    typer.run(main)
