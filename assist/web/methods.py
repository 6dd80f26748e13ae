"""Which methods a path has; HEAD and OPTIONS for every path."""

from typing import cast

from fastapi import FastAPI, Request
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed_methods(request: Request) -> tuple[str, ...]:
    """What the path of this request can be asked with, for the header `Allow`."""
    found = {method for method in METHODS if _answers(request, method)}
    if "GET" in found:
        found.add("HEAD")
    return tuple(sorted(found | {"OPTIONS"}))


def _answers(request: Request, method: str) -> bool:
    app = cast("FastAPI", request.app)
    root_path = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    asked = {
        "type": "http",
        "method": method,
        "path": request.scope["path"],
        "root_path": root_path,
        "headers": [],
    }
    routes = app.router.routes
    if method != "GET":  # what is mounted are files, and a mount claims every method
        routes = [route for route in routes if not isinstance(route, Mount)]
    return any(route.matches(dict(asked))[0] is Match.FULL for route in routes)


class HeadAsGet:
    """ASGI middleware: HEAD is answered as GET is, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_without_body)
