"""Keys open what their role and level say, as long as they hold."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.access import ROLES, USED_EVERY, ApiKey, Permission, Role
from assist.errors import BadSetting, DiskFull, NotFound, NotPermitted, Unauthenticated
from assist.service.access import admit, level_for, require
from assist.service.desk import Desk
from assist.service.keyring import Keyring, digest_of
from tests.builders import NOW
from tests.contracts.key_store import a_key
from tests.fake_keys import InMemoryKeys
from tests.fakes import FrozenClock, InMemoryKnowledge
from tests.service.parts import a_kb, ingested, some_parts

DAY = timedelta(days=1)
LEVELS = ("agent", "senior", "lead", "manager")
"""Those of the packaged authority.yaml, the lowest first."""


def a_ring(keys: InMemoryKeys | None = None, at: datetime = NOW) -> Keyring:
    return Keyring(keys or InMemoryKeys(), InMemoryKnowledge(), FrozenClock(at))


def admitted(ring: Keyring, secret: str | None, at: datetime = NOW) -> ApiKey | None:
    return admit(ring.keys, FrozenClock(at), secret)


def a_desk() -> Desk:
    return Desk(parts=some_parts(), records_for=lambda _files: None)


def test_a_secret_is_43_random_characters_after_its_prefix() -> None:
    ring = a_ring()
    secrets = {ring.create("agent").secret for _ in range(20)}
    assert len(secrets) == 20
    for secret in secrets:
        assert re.fullmatch(r"ak_[A-Za-z0-9_-]{43}", secret)


def test_a_key_has_the_lowest_level_and_no_end_unless_told() -> None:
    key = a_ring().create("lead").key
    assert (key.role, key.level, key.expires_at, key.made_at) == ("lead", "agent", None, NOW)


@pytest.mark.parametrize(
    ("expires", "end"),
    [
        ("90d", NOW + 90 * DAY),
        ("1d", NOW + DAY),
        ("2027-01-31", datetime(2027, 1, 31, tzinfo=UTC)),
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=UTC)),
    ],
)
def test_a_key_ends_as_told(expires: str, end: datetime) -> None:
    assert a_ring().create("agent", expires=expires).key.expires_at == end


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"role": "boss"}, ("--role", "boss", "use agent, lead, qa, editor, admin")),
        ({"role": "agent", "level": "king"}, ("--level", "king", "use agent, senior")),
        ({"role": "agent", "expires": "2026-11-20"}, ("--expires", "past", "90d")),
        ({"role": "agent", "expires": "2020-01-01"}, ("--expires", "past")),
        ({"role": "agent", "expires": "0d"}, ("--expires", "past")),
        ({"role": "agent", "expires": "-3d"}, ("--expires", "no number of days")),
        ({"role": "agent", "expires": "99999d"}, ("--expires", "3650d")),
        ({"role": "agent", "expires": "soon"}, ("--expires", "no day", "2027-01-31")),
        ({"role": "agent", "expires": ""}, ("--expires", "no day")),
        ({"role": "agent", "note": "x" * 201}, ("--note", "200")),
        ({"role": "agent", "note": "two\nlines"}, ("--note", "one line")),
    ],
)
def test_what_does_not_fit_is_named_with_its_cure(
    asked: dict[str, str], words: tuple[str, ...]
) -> None:
    ring = a_ring()
    with pytest.raises(BadSetting) as refused:
        ring.create(**asked)
    for word in words:
        assert word in str(refused.value)
    assert ring.listed() == ()


def test_the_levels_are_those_of_what_serves(tmp_path) -> None:
    kb = a_kb(tmp_path, reset="# Reset\n\nHold the button.")
    (kb / "authority.yaml").write_text("levels: [trainee, boss]\ngrants: []\n")
    parts = some_parts()
    ingested(parts, kb)
    ring = Keyring(parts.keys, parts.knowledge, parts.clock)

    assert ring.create("agent").key.level == "trainee"
    with pytest.raises(BadSetting, match="use trainee, boss"):
        ring.create("agent", level="senior")


def test_without_keys_nobody_needs_one_and_from_the_first_on_everybody_does() -> None:
    ring = a_ring()
    assert admitted(ring, None) is None
    assert admitted(ring, "of-something-in-front") is None
    issued = ring.create("agent")
    assert admitted(ring, issued.secret) == issued.key
    for other in (None, "", "of-something-in-front", issued.secret[:-1], issued.secret + "A"):
        with pytest.raises(Unauthenticated):
            admitted(ring, other)


def test_a_key_of_another_workspace_opens_nothing_even_where_nobody_needs_one() -> None:
    theirs = a_ring().create("admin").secret
    with pytest.raises(Unauthenticated, match="no key of this workspace"):
        admitted(a_ring(), theirs)


def test_a_refusal_does_not_repeat_what_was_sent() -> None:
    secret = a_ring().create("admin").secret
    with pytest.raises(Unauthenticated) as refused:
        admitted(a_ring(), secret)
    assert secret not in str(refused.value)


def test_a_key_opens_nothing_from_its_end_on() -> None:
    ring = a_ring()
    secret = ring.create("agent", expires="1d").secret
    assert admitted(ring, secret, NOW + DAY - timedelta(microseconds=1)) is not None
    with pytest.raises(Unauthenticated, match="is expired"):
        admitted(ring, secret, NOW + DAY)


def test_that_the_last_key_expires_does_not_open_the_service() -> None:
    ring = a_ring()
    ring.create("agent", expires="1d")
    with pytest.raises(Unauthenticated, match="no key was sent"):
        admitted(ring, None, NOW + 2 * DAY)


def test_a_revoked_key_opens_nothing_from_then_on() -> None:
    ring = a_ring()
    issued, other = ring.create("agent"), ring.create("lead")
    assert ring.revoke(issued.key.id).revoked_at == NOW
    with pytest.raises(Unauthenticated, match="is revoked"):
        admitted(ring, issued.secret)
    assert admitted(ring, other.secret) is not None


def test_after_the_last_key_is_revoked_nobody_needs_one() -> None:
    ring = a_ring()
    ring.revoke(ring.create("agent").key.id)
    assert not ring.guarded
    assert admitted(ring, None) is None


def test_an_unknown_key_cannot_be_revoked() -> None:
    with pytest.raises(NotFound, match="k-9") as refused:
        a_ring().revoke("k-9")
    assert "assist keys list" in refused.value.cure


def test_the_use_of_a_key_is_written_down_once_a_minute() -> None:
    ring = a_ring()
    secret = ring.create("agent").secret
    for seconds in (0, 30, 59):
        admitted(ring, secret, NOW + timedelta(seconds=seconds))
        assert ring.listed()[0].last_used_at == NOW
    admitted(ring, secret, NOW + USED_EVERY)
    assert ring.listed()[0].last_used_at == NOW + USED_EVERY


def test_a_key_opens_also_where_its_use_cannot_be_written_down(caplog) -> None:
    class Full(InMemoryKeys):
        def used(self, key_id: str, at: datetime) -> None:
            raise DiskFull("the database has no space left")

    ring = a_ring(Full())
    assert admitted(ring, ring.create("agent").secret) is not None
    assert "not written down: the database has no space left" in caplog.text


@pytest.mark.parametrize(("role", "permission"), list(product(get_args(Role), Permission)))
def test_a_role_may_what_the_table_says_and_else_is_told_who_may(
    role: Role, permission: Permission
) -> None:
    if role in ROLES[permission]:
        require(a_key(role=role), permission)
        return
    with pytest.raises(NotPermitted, match=f"the role {role} may not {permission}") as refused:
        require(a_key(role=role), permission)
    assert "admin" in refused.value.cure


def test_the_table_has_a_row_for_every_permission_and_an_admin_in_each() -> None:
    assert set(ROLES) == set(Permission)
    assert all("admin" in roles for roles in ROLES.values())


def test_who_only_reads_changes_nothing_but_what_is_measured() -> None:
    may = {permission for permission, roles in ROLES.items() if "qa" in roles}
    measures = {Permission.READ_EVALS, Permission.PUBLISH_EVALS}
    reads = {Permission.READ, Permission.READ_GAPS, Permission.READ_TRENDS}
    assert may == measures | reads | {Permission.GIVE_FEEDBACK, Permission.REPLAY}


def test_what_needs_no_permission_that_there_is_is_closed_to_every_key() -> None:
    for role in get_args(Role):
        with pytest.raises(NotPermitted):
            require(a_key(role=role), None)


def test_who_needs_no_key_may_do_everything() -> None:
    for permission in (*Permission, None):
        require(None, permission)


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_nobody_is_judged_above_the_level_of_their_key(own: str, asked: str) -> None:
    desk, key = a_desk(), a_key(level=own)
    if LEVELS.index(asked) <= LEVELS.index(own):
        assert level_for(desk, key, asked) == asked
        return
    with pytest.raises(NotPermitted, match=f"{asked} is above {own}") as refused:
        level_for(desk, key, asked)
    assert refused.value.where == "level"


def test_where_no_level_is_asked_for_it_is_that_of_the_key_or_of_an_agent() -> None:
    assert level_for(a_desk(), a_key(level="lead"), None) == "lead"
    assert level_for(a_desk(), None, None) == "agent"
    assert level_for(a_desk(), None, "manager") == "manager"


def test_a_key_whose_level_nobody_declares_any_more_grants_nothing_of_the_others() -> None:
    key = a_key(level="gone")
    for level in LEVELS:
        with pytest.raises(NotPermitted, match="above gone"):
            level_for(a_desk(), key, level)


def test_the_order_of_levels_is_that_of_what_serves(tmp_path) -> None:
    desk = a_desk()
    kb = a_kb(tmp_path, reset="# Reset\n\nHold the button.")
    (kb / "authority.yaml").write_text("levels: [manager, agent]\ngrants: []\n")
    ingested(desk.parts, kb)

    assert level_for(desk, a_key(level="agent"), "manager") == "manager"
    with pytest.raises(NotPermitted):
        level_for(desk, a_key(level="manager"), "agent")


def test_a_hash_is_the_sha_256_of_the_secret() -> None:
    # Of the empty string, from FIPS 180-4's examples.
    assert digest_of("").hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")
