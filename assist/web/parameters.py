"""Query parameters that a route does not know, or that come twice: refused, not passed over."""

from collections import Counter

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute

from assist.errors import BadInput


async def only_known_parameters(request: Request) -> None:
    """A dependency of every route that the OpenAPI document shows: 422 with the names it knows.

    A misspelt parameter would leave its default standing, and nobody would notice.
    """
    route = request.scope["route"]
    if not isinstance(route, APIRoute) or not route.include_in_schema:
        return  # pages: whoever links to them may hang on what they like
    declared = get_flat_params(route.dependant)
    known = [field.alias for field in declared if isinstance(field.field_info, Query)]
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        if name not in known:
            cure = f"use {', '.join(known)}" if known else "leave it out: this route has none"
            raise BadInput("unknown parameter", where=name, cure=cure)
        if times > 1:
            raise BadInput("stands twice", where=name, cure="send it once")
