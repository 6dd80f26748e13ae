"""What the OpenAPI document says of keys: the scheme, and that an operation may answer 401, 403."""

from collections.abc import Mapping
from typing import Any

from assist.errors import NotPermitted, Unauthenticated
from assist.web.access import CHALLENGE, NEEDS
from assist.web.api.answers import problems

SCHEME = "key"
SCHEMES = {
    SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "ak_…",
        "description": "A key of the workspace, made by `assist keys create`. None is needed as "
        "long as the workspace has none.",
    }
}


def declare_access(document: dict[str, Any], operations: Mapping[str, dict[str, Any]]) -> None:
    """Add it to the document; `operations` are its operations by id."""
    document["components"]["securitySchemes"] = SCHEMES
    causes = problems(Unauthenticated, NotPermitted)
    refused = {str(status): said for status, said in causes.items()}
    refused["401"]["headers"] = {
        name: {"description": "What to send", "schema": {"type": "string"}} for name in CHALLENGE
    }
    for name, operation in operations.items():
        if name in NEEDS:
            operation["security"] = [{SCHEME: []}, {}]
            answers = refused | operation["responses"]
            operation["responses"] = dict(sorted(answers.items()))
