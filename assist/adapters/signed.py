"""Signed tokens (JWT) read and held to what they must say; a failure is ours, with its cure."""

from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from joserfc.jwk import KeyFlexible

from assist.errors import Unauthenticated

LONGEST = 16_384
"""Characters of a token. One with some hundred groups has about 8 000."""


def read_signed(token: str, key: KeyFlexible, algorithms: Collection[str]) -> jwt.Token:
    """The token whose signature holds, by one of these algorithms and no other.

    Raises `Unauthenticated`. `none` is no algorithm.
    """
    if len(token) > LONGEST:
        raise Unauthenticated("the token is too long", cure=f"send at most {LONGEST} characters")
    try:
        return jwt.decode(token, key, algorithms=algorithms)
    except (JoseError, ValueError) as error:
        refused(f"the token's signature does not hold ({_said(error)})", error)


def check_claims(claims: Mapping[str, Any], registry: jwt.JWTClaimsRegistry) -> None:
    """Raises `Unauthenticated` naming the claim that does not hold."""
    try:
        registry.validate(dict(claims))
    except ExpiredTokenError as error:
        refused("the token is expired", error)
    except ClaimError as error:
        refused(f"the token's claim {error.claim!r} does not hold", error)
    except JoseError as error:
        refused(f"the token does not hold ({_said(error)})", error)


def refused(problem: str, error: Exception) -> NoReturn:
    """What was sent is not repeated: it may open something elsewhere."""
    raise Unauthenticated(problem, cure="sign in again, or have another signed") from error


def _said(error: Exception) -> str:
    return getattr(error, "error", "") or type(error).__name__
