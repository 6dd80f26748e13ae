"""`Records` from a system that answers over HTTP: `GET {base_url}/customers?id=…` or `?email=…`.

A mapping says where in its JSON each field of our `CustomerRecord` stands.
"""

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import ValidationError

from assist.domain.records import CustomerRecord
from assist.errors import BadSetting, Unavailable

TIMEOUT = 3.0
"""Seconds for the whole answer: an agent waits for it, and a suggestion is useful without."""
LARGEST_ANSWER = 5_000_000
"""Bytes. A record of one customer is a thousandth of that."""
CURE = "check the records system and the settings that reach it"


class HttpRecords:
    """Asks by id first, then by e-mail address.

    `mapping` is from a field of `CustomerRecord` to a dotted path in the answer; a number in a
    path counts into a list. It must say where `id` stands: an answer without one, and a 404, say
    that there is no such customer. `headers` are sent along, for instance `Authorization`.
    Proxies and credentials of the environment are not used.
    """

    def __init__(
        self,
        base_url: str,
        mapping: Mapping[str, str],
        *,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        if unknown := sorted(mapping.keys() - CustomerRecord.model_fields.keys()):
            raise BadSetting(
                f"{unknown[0]} is not a field of a customer's record",
                cure=f"use {', '.join(CustomerRecord.model_fields)}",
                where="mapping",
            )
        if "id" not in mapping:
            raise BadSetting("id is missing", cure="say where the id stands", where="mapping")
        if not base_url.startswith(("http://", "https://")):
            raise BadSetting("not an http or https URL", where="base_url")
        self._mapping = dict(mapping)
        self._url = f"{base_url.rstrip('/')}/customers"
        self._client = httpx.Client(
            timeout=TIMEOUT, headers=headers, transport=transport, trust_env=False
        )

    def find(self, *, customer_id: str | None, email: str | None) -> CustomerRecord | None:
        """The customer's record, or none. Raises `Unavailable`."""
        for name, value in (("id", customer_id), ("email", email)):
            if value and (record := self._ask({name: value.strip()})):
                return record
        return None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _ask(self, query: Mapping[str, str]) -> CustomerRecord | None:
        try:
            with self._client.stream("GET", self._url, params=query) as response:
                if response.status_code == httpx.codes.NOT_FOUND:
                    return None
                if response.status_code != httpx.codes.OK:
                    raise _unavailable(f"answered {response.status_code}")
                answer = json.loads(_body(response))
        except httpx.HTTPError as error:
            raise _unavailable(f"did not answer ({type(error).__name__})") from error
        except (ValueError, RecursionError) as error:
            raise _unavailable("answered something that is not JSON") from error
        return self._record(answer)

    def _record(self, answer: Any) -> CustomerRecord | None:
        found = {field: _at(answer, path) for field, path in self._mapping.items()}
        if found["id"] is None:
            return None
        if isinstance(emails := found.get("emails"), str):
            found["emails"] = [emails]
        known = {field: value for field, value in found.items() if value is not None}
        try:
            return CustomerRecord.model_validate(known)
        except ValidationError as error:
            field = error.errors()[0]["loc"][0]
            raise _unavailable(
                f"answered a {field} that does not fit ({self._mapping[str(field)]})"
            ) from error


def _body(response: httpx.Response) -> bytes:
    """The whole body; the client's own timeout counts from one piece to the next."""
    deadline = time.monotonic() + TIMEOUT
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise _unavailable(f"answered more than {LARGEST_ANSWER} bytes")
        if time.monotonic() > deadline:
            raise _unavailable(f"was not done answering after {TIMEOUT:.0f} s")
    return bytes(body)


def _at(answer: Any, path: str) -> Any:
    """What stands at a dotted path, or None."""
    for part in path.split("."):
        if isinstance(answer, dict):
            answer = answer.get(part)
        elif isinstance(answer, list) and part.isdecimal() and int(part) < len(answer):
            answer = answer[int(part)]
        else:
            return None
    return answer


def _unavailable(what: str) -> Unavailable:
    return Unavailable(f"the records system {what}", cure=CURE)
