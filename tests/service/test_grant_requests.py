"""Requests for grants: read by what the company declares, and answered once, however often sent."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from assist.domain.grants import Granted
from assist.errors import AlreadyDone, BadInput, NotFound
from assist.service.grant_requests import GrantRequest
from assist.service.granting import grant, granted_to, void
from assist.service.parts import Parts
from tests.builders import NOW
from tests.contracts.store_builders import a_suggestion
from tests.fakes import FrozenClock
from tests.policies.rules import money
from tests.service.granting import TODAY, a_request, goodwill
from tests.service.parts import some_parts

EVER = NOW - timedelta(days=9_000)
RULES = goodwill()


@pytest.fixture
def parts() -> Parts:
    return some_parts()


def granted(parts: Parts, *requests: GrantRequest, at: datetime = NOW) -> list[Granted]:
    return [grant(replace(parts, clock=FrozenClock(at)), RULES, asked) for asked in requests]


def kept(parts: Parts) -> tuple[Granted, ...]:
    return granted_to(parts, "c-1", EVER)


def test_the_same_request_again_is_answered_with_the_grant_that_was_kept(parts: Parts) -> None:
    first = granted(parts, a_request())
    again = granted(parts, a_request(), at=NOW + timedelta(days=3))

    assert again == first
    assert len(kept(parts)) == 1


def test_the_same_request_again_is_answered_when_the_cap_is_full_by_then(parts: Parts) -> None:
    requests = [a_request(f"r-{n}") for n in range(3)]

    assert granted(parts, *requests) == granted(parts, *requests)


def test_the_same_request_again_does_not_grant_what_was_taken_back(parts: Parts) -> None:
    granted(parts, a_request())
    taken_back = void(parts, "r-1", by="Ida", reason="sent twice")

    assert granted(parts, a_request()) == [taken_back]
    assert kept(parts) == (taken_back,)


def test_the_same_request_again_is_answered_though_the_rules_have_changed(parts: Parts) -> None:
    asked = a_request(action="replacement", parameters={}, region="UK")
    (first,) = granted(parts, asked)
    dearer = RULES.actions[2].model_copy(update={"cost": (money("99.00"),)})
    changed = goodwill(actions=(*RULES.actions[:2], dearer))

    assert grant(parts, changed, asked) == first


@pytest.mark.parametrize(
    "other",
    [
        {"customer_id": "c-2"},
        {"amount": "19.99"},
        {"action": "callback", "parameters": {}},
        {"by": "Bo"},
        {"level": "lead"},
        {"ticket_id": "t-2"},
    ],
    ids=str,
)
def test_another_request_of_the_same_id_is_refused(parts: Parts, other: dict[str, Any]) -> None:
    granted(parts, a_request())

    with pytest.raises(AlreadyDone, match="r-1"):
        grant(parts, RULES, a_request(**other))

    assert len(kept(parts)) == 1
    assert granted_to(parts, "c-2", EVER) == ()


def test_the_region_and_tier_are_facts_and_the_facts_are_the_region_and_tier(parts: Parts) -> None:
    by_field = a_request("r-1", action="replacement", parameters={}, facts={}, region="UK")
    by_fact = a_request(
        "r-2", action="replacement", parameters={}, facts={"customer": {"region": "UK"}}
    )

    assert [new.amount for new in granted(parts, by_field, by_fact)] == [money("51.00")] * 2


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"action": "credits"}, "action", "use credit"),
        ({"level": "king"}, "level", "use agent, senior, lead, manager"),
        ({"facts": {"device.stat": "worn"}}, "facts.device.stat", "did you mean device.state"),
        ({"facts": {"device.state": "lost"}}, "facts.device.state", "'lost' is no choice"),
        ({"facts": {"customer.region": "UK"}, "region": "US"}, "region", "is 'UK'"),
        ({"parameters": {}}, "parameters", "the amount of credit is not known"),
        ({"parameters": {"sum": 1}}, "parameters.sum", "use amount, note"),
        ({"parameters": {"amount": "20.00"}}, "parameters.amount", "is no money"),
        ({"amount": "-0.01"}, "parameters.amount", "negative"),
        ({"amount": "1E+15"}, "parameters.amount", "too large"),
        ({"amount": "0.000000001"}, "parameters.amount", "too many decimals"),
        ({"on": TODAY + timedelta(days=2)}, "on", "2026-11-22 has not come yet"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_is_refused_by_its_field(
    parts: Parts, fields: dict[str, Any], where: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        grant(parts, RULES, a_request(**fields))

    assert caught.value.where == where
    assert kept(parts) == ()


def test_the_day_that_has_begun_in_the_east_has_come(parts: Parts) -> None:
    tomorrow = TODAY + timedelta(days=1)
    evening = datetime.fromisoformat("2026-11-20T10:00:00+00:00")

    granted(parts, a_request("r-1", on=tomorrow), at=evening)
    with pytest.raises(BadInput, match="has not come yet"):
        granted(parts, a_request("r-2", on=tomorrow), at=evening - timedelta(seconds=1))


@pytest.mark.parametrize(
    "fields",
    [
        {"id": ""},
        {"id": "a b"},
        {"id": "a/b"},
        {"id": "x" * 201},
        {"customer_id": ""},
        {"customer_id": " "},
        {"customer_id": "a\x00b"},
        {"by": "a\nb"},
        {"on": "1969-12-31"},
        {"color": "red"},
    ],
    ids=str,
)
def test_a_request_that_no_store_could_keep_cannot_be_made(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_request(**fields)


def test_a_suggestion_tells_the_ticket(parts: Parts) -> None:
    parts.suggestions.save(a_suggestion("s-1", ticket_id="t-7"))

    (new,) = granted(parts, a_request(suggestion_id="s-1", ticket_id=None))

    assert (new.suggestion_id, new.ticket_id) == ("s-1", "t-7")


def test_a_suggestion_of_another_ticket_or_none_at_all_is_refused(parts: Parts) -> None:
    parts.suggestions.save(a_suggestion("s-1", ticket_id="t-7"))

    with pytest.raises(BadInput, match="of ticket 't-7'"):
        grant(parts, RULES, a_request(suggestion_id="s-1", ticket_id="t-1"))
    with pytest.raises(NotFound, match="s-9"):
        grant(parts, RULES, a_request(suggestion_id="s-9"))
    assert kept(parts) == ()
