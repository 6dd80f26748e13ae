"""What only browsers bring: a cookie that says who they are, and requests that another site made.

A cookie is sent whoever wrote the page that asks. So a request that changes something and comes by
cookie must say that a page of ours made it: by what the browser says of the page, and by a token
that only our pages know.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from assist.domain.doors import Doors, is_loopback
from assist.errors import NotPermitted
from assist.service.desk import Desk

SESSION = "assist"
SIGNING_IN = "assist-sign-in"
"""Names of cookies; over TLS with `__Host-` before them, so that no other host can set them."""
CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORM = "application/x-www-form-urlencoded"
FROM_US = frozenset({"same-origin", "none"})
"""`none`: the person themselves, not a page."""
FORGED = "the request did not come from a page of this service"


def is_encrypted(connection: HTTPConnection) -> bool:
    """Whether the browser reaches us over TLS, by ourselves or by a proxy in front."""
    return connection.url.scheme == "https" or _doors(connection).sign_in.url.startswith("https:")


def require_private(connection: HTTPConnection) -> None:
    """Raises `NotPermitted` where others on the network could read along."""
    if not is_encrypted(connection) and not is_loopback(connection.url.hostname):
        raise NotPermitted(
            "what you type here could be read on its way: the page is not encrypted",
            cure="put a proxy with TLS in front and set ASSIST_SIGN_IN__URL to its https address",
        )


def sent_cookie(connection: HTTPConnection, name: str) -> str | None:
    """The value of our cookie of this name, where one was sent."""
    return connection.cookies.get(_full(connection, name)) or None


def keep_cookie(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Have the browser send it back, to us alone, unseen by scripts; none for 0 seconds."""
    response.set_cookie(
        _full(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=is_encrypted(request),
        httponly=True,
        samesite="lax",
    )


def own_address(request: Request) -> str:
    """Where browsers reach us, as it is set or as the request says; no slash at its end."""
    said = _doors(request).sign_in.url.rstrip("/")
    return said or f"{request.url.scheme}://{request.url.netloc}"


def csrf_of(secret: str) -> str:
    """What the pages of a session send along; made of its secret, which it does not tell."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def check_origin(connection: HTTPConnection) -> None:
    """Raises `NotPermitted` unless the browser says that a page of ours asks."""
    headers = connection.headers
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site not in FROM_US:
            raise NotPermitted(f"{FORGED} (Sec-Fetch-Site: {site[:40]})")
        return
    origin = headers.get("origin")
    if origin is None:
        cure = "send Origin, or ask with a key in place of a cookie"
        raise NotPermitted(f"{FORGED}: neither Origin nor Sec-Fetch-Site was sent", cure=cure)
    ours = {_netloc(_doors(connection).sign_in.url), headers.get("host", "").lower()} - {""}
    if _netloc(origin) not in ours:
        raise NotPermitted(f"{FORGED} (Origin: {origin[:200]})")


async def check_csrf(request: Request) -> None:
    """Raises `NotPermitted` where a change comes by cookie without its token.

    In the header `X-CSRF-Token`, or in the field `csrf` of a form.
    """
    expected: str | None = getattr(request.state, "csrf", None)
    if expected is None or request.method in SAFE:
        return
    sent = request.headers.get(CSRF_HEADER)
    if sent is None and is_form(request.headers):
        field = (await request.form()).get(CSRF_FIELD)
        sent = field if isinstance(field, str) else None
    if sent is None or not hmac.compare_digest(sent.encode(), expected.encode()):
        cure = "load the page again; a script sends the header X-CSRF-Token"
        raise NotPermitted("the form's token is missing, or of another session", cure=cure)


def is_form(headers: Headers) -> bool:
    """Whether the body is said to be a form without files."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == FORM


def wants_page(connection: HTTPConnection, method: str) -> bool:
    """Whether a browser asks for a page, to be sent on where it may not have it."""
    return (
        method in ("GET", "HEAD")
        and not connection.url.path.startswith("/v1/")
        and "authorization" not in connection.headers
        and "text/html" in connection.headers.get("accept", "")
    )


def _full(connection: HTTPConnection, name: str) -> str:
    return f"__Host-{name}" if is_encrypted(connection) else name


def _netloc(url: str) -> str:
    """Host and port, the usual port left out, as browsers write `Host` and `Origin`."""
    try:
        parts = urlsplit(url)
    except ValueError:  # e.g. half of a bracket: no address of ours
        return ""
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return parts.netloc.lower().removesuffix(usual) if usual else parts.netloc.lower()


def _doors(connection: HTTPConnection) -> Doors:
    desk: Desk = connection.app.state.desk
    return desk.doors
