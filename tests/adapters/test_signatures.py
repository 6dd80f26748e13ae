"""Signatures of webhooks, against values made by other programs' own words for the same HMAC."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from assist.adapters.helpdesks.signatures import (
    CHATWOOT,
    WINDOW,
    ZAMMAD,
    ZENDESK,
    check_address,
    check_sent,
    check_signature,
    sign,
)
from assist.domain.helpdesks import SignatureScheme
from assist.errors import Stale, Unauthenticated

KEY, OTHER = SecretStr("key"), SecretStr("another")
FOX = b"The quick brown fox jumps over the lazy dog"
NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
SCHEMES = {"chatwoot": CHATWOOT, "zendesk": ZENDESK, "zammad": ZAMMAD}


def time_of(scheme: SignatureScheme, at: datetime = NOW) -> str:
    if not scheme.time_header:
        return ""
    return str(int(at.timestamp())) if scheme is CHATWOOT else at.isoformat()


def headers_of(scheme, body, secret=KEY, at=NOW):
    time = time_of(scheme, at)
    said = {scheme.header: sign(scheme, secret, body, time)}
    return said | ({scheme.time_header: time} if time else {})


@pytest.fixture(params=SCHEMES)
def scheme(request):
    return SCHEMES[request.param]


def test_the_published_values_of_hmac_are_ours():
    """Wikipedia, "HMAC", section Examples: HMAC_SHA1 and HMAC_SHA256 with "key" over the fox."""
    assert sign(ZAMMAD, KEY, FOX) == "sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9"
    plain = SignatureScheme(header="X")
    digest = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    assert sign(plain, KEY, FOX) == digest


def test_the_time_stands_before_the_body_as_each_helpdesk_says():
    body = SignatureScheme(header="X")
    assert sign(CHATWOOT, KEY, b"body", "17") == f"sha256={sign(body, KEY, b'17.body')}"
    in_base64 = SignatureScheme(header="X", encoding="base64")
    assert sign(ZENDESK, KEY, b"body", "17") == sign(in_base64, KEY, b"17body")


def test_what_is_signed_passes_and_tells_its_time(scheme):
    found = check_signature(scheme, [KEY], headers_of(scheme, FOX), FOX, NOW)
    assert found == (NOW if scheme.time_header else None)


def test_header_names_are_read_in_any_case(scheme):
    lower = {name.lower(): value for name, value in headers_of(scheme, FOX).items()}
    assert check_signature(scheme, [KEY], lower, FOX, NOW) in (NOW, None)


def test_while_a_secret_is_exchanged_both_are_good(scheme):
    for secret in (KEY, OTHER):
        assert check_signature(scheme, [KEY, OTHER], headers_of(scheme, FOX, secret), FOX, NOW) in (
            NOW,
            None,
        )


@pytest.mark.parametrize("secrets", [[], [SecretStr("")], [OTHER]])
def test_no_secret_and_an_empty_one_open_nothing(scheme, secrets):
    signed = headers_of(scheme, FOX, SecretStr(""))
    with pytest.raises(Unauthenticated):
        check_signature(scheme, secrets, signed, FOX, NOW)


def test_what_is_not_signed_is_refused(scheme):
    with pytest.raises(Unauthenticated, match="not signed"):
        check_signature(scheme, [KEY], {}, FOX, NOW)


def test_a_signature_without_its_time_is_refused():
    signed = headers_of(CHATWOOT, FOX)
    del signed[CHATWOOT.time_header]
    with pytest.raises(Unauthenticated, match="no time"):
        check_signature(CHATWOOT, [KEY], signed, FOX, NOW)


@pytest.mark.parametrize("forged", ["", "sha256=", "sha256=zz", "sha1=", "é", "sha256=" + "0" * 64])
def test_nonsense_and_forgeries_are_refused(scheme, forged):
    signed = headers_of(scheme, FOX) | {scheme.header: forged}
    with pytest.raises(Unauthenticated):
        check_signature(scheme, [KEY], signed, FOX, NOW)


@pytest.mark.parametrize("late", [WINDOW + timedelta(seconds=1), -WINDOW - timedelta(seconds=1)])
def test_what_was_signed_long_ago_or_ahead_is_stale(late):
    for scheme in (CHATWOOT, ZENDESK):
        signed = headers_of(scheme, FOX, at=NOW - late)
        with pytest.raises(Stale):
            check_signature(scheme, [KEY], signed, FOX, NOW)


def test_a_time_that_was_changed_is_no_longer_signed():
    signed = headers_of(CHATWOOT, FOX, at=NOW - timedelta(days=1))
    signed[CHATWOOT.time_header] = time_of(CHATWOOT)
    with pytest.raises(Unauthenticated, match="does not hold"):
        check_signature(CHATWOOT, [KEY], signed, FOX, NOW)


@pytest.mark.parametrize("time", ["tomorrow", "9" * 30, "2026-08-03T12:00:00", "-5", "1e3"])
def test_a_time_that_is_none_is_refused(time):
    for scheme in (CHATWOOT, ZENDESK):
        signed = {scheme.header: sign(scheme, KEY, FOX, time), scheme.time_header: time}
        with pytest.raises(Unauthenticated, match="cannot be read"):
            check_signature(scheme, [KEY], signed, FOX, NOW)


@given(body=st.binary(max_size=200), place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_any_bit_that_is_changed_breaks_it(body, place, bit):
    sent = bytearray(body or b"x")
    for scheme in SCHEMES.values():
        signed = headers_of(scheme, bytes(sent))
        changed = bytearray(sent)
        changed[place % len(changed)] ^= 1 << bit
        with pytest.raises(Unauthenticated):
            check_signature(scheme, [KEY], signed, bytes(changed), NOW)


def test_an_address_opens_by_one_of_its_secrets_alone():
    check_address([KEY, OTHER], "another")
    for given_secret in ("", "anothe", "KEY", "kéy"):
        with pytest.raises(Unauthenticated):
            check_address([KEY, OTHER, SecretStr("")], given_secret)


@pytest.mark.parametrize("secrets", [[], [SecretStr("")]])
def test_a_helpdesk_without_a_secret_is_let_in_by_nothing_and_says_why(secrets):
    for known in (CHATWOOT, SignatureScheme()):
        with pytest.raises(Unauthenticated, match="no secret is set"):
            check_sent(known, secrets, {}, b"", address="", now=NOW)
