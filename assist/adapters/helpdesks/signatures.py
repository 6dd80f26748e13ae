"""Signatures of webhooks: raw bytes, constant time, two secrets while one is changed, a window.

Each scheme as its helpdesk documents it; what signs nothing carries a secret in its address.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from assist.domain.helpdesks import SignatureScheme
from assist.errors import Stale, Unauthenticated

CHATWOOT = SignatureScheme(
    header="X-Chatwoot-Signature",
    prefix="sha256=",
    time_header="X-Chatwoot-Timestamp",
    between=".",
    delivery_header="X-Chatwoot-Delivery",
)
ZENDESK = SignatureScheme(
    header="X-Zendesk-Webhook-Signature",
    encoding="base64",
    time_header="X-Zendesk-Webhook-Signature-Timestamp",
    delivery_header="X-Zendesk-Webhook-Invocation-Id",
)
ZAMMAD = SignatureScheme(
    header="X-Hub-Signature",
    algorithm="sha1",
    prefix="sha1=",
    delivery_header="X-Zammad-Delivery",
)
WINDOW = timedelta(minutes=5)
"""How long a signed time is good, before and after: what is older was kept by somebody."""
CURE = "check that the helpdesk's secret is the one set here"


def sign(scheme: SignatureScheme, secret: SecretStr, body: bytes, time: str = "") -> str:
    """The header's value, as the helpdesk itself would write it."""
    digest = hmac.digest(_bytes(secret), _signed(scheme, body, time), scheme.algorithm)
    said = digest.hex() if scheme.encoding == "hex" else base64.b64encode(digest).decode()
    return f"{scheme.prefix}{said}"


def check_sent(
    scheme: SignatureScheme,
    secrets: Sequence[SecretStr],
    headers: Mapping[str, str],
    body: bytes,
    *,
    address: str,
    now: datetime,
) -> None:
    """Return where a webhook is its helpdesk's own: what signs is not let in by an address.

    Raises as `check_signature` and `check_address` do.
    """
    if not any(map(_bytes, secrets)):
        raise Unauthenticated(
            "no secret is set for this helpdesk", cure="set `secrets` in ASSIST_HELPDESKS"
        )
    if scheme.header:
        check_signature(scheme, secrets, headers, body, now)
    else:
        check_address(secrets, address)


def check_signature(
    scheme: SignatureScheme,
    secrets: Sequence[SecretStr],
    headers: Mapping[str, str],
    body: bytes,
    now: datetime,
) -> datetime | None:
    """Return if one of the secrets made the signature; the time that it signs, if any.

    Raises `Unauthenticated` where it is missing or wrong, `Stale` where its time is out of the
    window. Of the body nothing is read before.
    """
    sent = {name.lower(): value for name, value in headers.items()}
    given, time = sent.get(scheme.header.lower(), ""), sent.get(scheme.time_header.lower(), "")
    if not scheme.header or not given:
        raise Unauthenticated("the webhook is not signed", cure=CURE, where=scheme.header)
    if scheme.time_header and not time:
        raise Unauthenticated("the webhook has no time", cure=CURE, where=scheme.time_header)
    held = _read(scheme, given)
    signed = _signed(scheme, body, time)
    # All are compared, whichever holds: how long it takes tells nothing.
    matches = [
        hmac.compare_digest(hmac.digest(_bytes(one), signed, scheme.algorithm), held)
        for one in secrets
        if _bytes(one)
    ]
    if not any(matches):
        raise Unauthenticated("the webhook's signature does not hold", cure=CURE)
    return _in_window(scheme, time, now) if scheme.time_header else None


def check_address(secrets: Sequence[SecretStr], given: str) -> None:
    """Return if the secret in an address is one of those set. Raises `Unauthenticated`."""
    sent = given.encode()
    matches = [hmac.compare_digest(_bytes(one), sent) for one in secrets if _bytes(one)]
    if not any(matches):
        raise Unauthenticated("the webhook's address is not one of ours", cure=CURE)


def _signed(scheme: SignatureScheme, body: bytes, time: str) -> bytes:
    return f"{time}{scheme.between}".encode() + body if scheme.time_header else body


def _bytes(secret: SecretStr) -> bytes:
    return secret.get_secret_value().encode()


def _read(scheme: SignatureScheme, given: str) -> bytes:
    text = given.strip()
    if not text.startswith(scheme.prefix):
        raise Unauthenticated("the webhook is signed otherwise than its helpdesk does", cure=CURE)
    text = text.removeprefix(scheme.prefix)
    try:
        if scheme.encoding == "hex":
            return bytes.fromhex(text)
        return base64.b64decode(text.encode(), validate=True)
    except (ValueError, binascii.Error) as error:
        raise Unauthenticated("the webhook's signature cannot be read", cure=CURE) from error


def _in_window(scheme: SignatureScheme, time: str, now: datetime) -> datetime:
    try:
        at = datetime.fromtimestamp(int(time), UTC) if time.isdecimal() else _instant(time)
    except (ValueError, OverflowError, OSError) as error:
        raise Unauthenticated(
            "the webhook's time cannot be read", cure=CURE, where=scheme.time_header
        ) from error
    if abs(now - at) > WINDOW:
        raise Stale(
            f"the webhook was signed at {at.isoformat(timespec='seconds')}",
            cure="have the helpdesk send it again; set both clocks",
        )
    return at


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("without a zone")
    return at
