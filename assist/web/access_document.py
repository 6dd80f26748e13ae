"""What the OpenAPI document says of keys: the scheme, and that an operation may answer 401, 403."""

from collections.abc import Mapping
from typing import Any

from assist.errors import NotPermitted, Unauthenticated
from assist.web.access import CHALLENGE, NEEDS
from assist.web.api.answers import problems
from assist.web.browser import CSRF_HEADER, SESSION
from assist.web.rate_limit import HEADERS

SCHEME = "key"
COOKIE = "session"
SCHEMES = {
    SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "ak_…",
        "description": "A key of the workspace, made by `assist keys create`, or a short-lived "
        "token. None is needed as long as the workspace has none and asks nobody to sign in.",
    },
    COOKIE: {
        "type": "apiKey",
        "in": "cookie",
        "name": f"__Host-{SESSION}",
        "description": "What a browser has after /sign-in. A change needs the header "
        f"`{CSRF_HEADER}` too, and that the browser says that a page of ours asks.",
    },
}


def declare_access(document: dict[str, Any], operations: Mapping[str, dict[str, Any]]) -> None:
    """Add it to the document; `operations` are its operations by id."""
    document["components"]["securitySchemes"] = SCHEMES
    causes = problems(Unauthenticated, NotPermitted, 429)
    refused = {str(status): said for status, said in causes.items()}
    refused["401"]["headers"] = _headers(dict.fromkeys(CHALLENGE, "What to send"))
    refused["429"]["headers"] = _headers(HEADERS)
    for name, operation in operations.items():
        if name in NEEDS:
            operation["security"] = [{SCHEME: []}, {COOKIE: []}, {}]
            answers = refused | operation["responses"]
            operation["responses"] = dict(sorted(answers.items()))


def _headers(said: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: {"description": words, "schema": {"type": "string"}} for name, words in said.items()
    }
