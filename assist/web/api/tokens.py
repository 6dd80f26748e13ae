"""`/v1/tokens`: short-lived tokens, for a frame or a program that shall hold no key."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import AwareDatetime, Field

from assist.domain.access import Role
from assist.domain.base import Model
from assist.domain.sign_in import IssuedSession
from assist.domain.verdict import Level
from assist.errors import DiskFull, NotFound, Unauthenticated
from assist.service.desk import Desk
from assist.service.tokens import TokenRequest, exchange, make_token
from assist.web.access import admitted
from assist.web.api.answers import ANY, BODY, STORE, problems
from assist.web.auditing import concerning
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/tokens", tags=["service"])


class TokenAnswer(Model):
    """A token, told this once. Send it as `Authorization: Bearer …`; keep it in memory."""

    token: str
    id: str = Field(description="As `assist sessions list` names it")
    expires_at: AwareDatetime
    who: str = Field(description="The id of the key or the person it is for")
    name: str = Field(description="What they are called, where that is known")
    role: Role
    level: Level


class HostToken(Model):
    """What a helpdesk signed for the agent before it."""

    token: Annotated[
        str,
        Field(
            min_length=1, max_length=16_384, description="A JWT with iss, aud, sub, exp, iat, jti"
        ),
    ]


@router.post(
    "",
    operation_id="make_token",
    summary="Make a short-lived token",
    status_code=201,
    responses=problems(*ANY, *BODY, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def token(asked: TokenRequest, request: Request) -> TokenAnswer:
    """Of whoever asks, or less: it lives at most 15 minutes, and ends with the key or session."""
    desk: Desk = request.app.state.desk
    issued = make_token(desk, admitted(request), asked)
    concerning(request, issued.session.id)
    return _answer(issued)


@router.post(
    "/host",
    operation_id="exchange_token",
    summary="Exchange a token that a helpdesk signed",
    status_code=201,
    responses=problems(*ANY, *BODY, 429, Unauthenticated, NotFound, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def host_token(asked: HostToken, request: Request) -> TokenAnswer:
    """A token for an agent whom a helpdesk vouches for. Each of its tokens is taken once."""
    return _answer(exchange(request.app.state.desk, asked.token))


def _answer(issued: IssuedSession) -> TokenAnswer:
    session = issued.session
    return TokenAnswer(
        token=issued.secret,
        id=session.id,
        expires_at=session.expires_at,
        who=session.person.id,
        name=session.person.name,
        role=session.person.role,
        level=session.person.level,
    )
