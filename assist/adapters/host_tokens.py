"""`HostTokens`: tokens that a helpdesk signs by a shared secret (HS256) or its own key (RS256)."""

from datetime import UTC, datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey, RSAKey

from assist.adapters.signed import check_claims, read_signed
from assist.domain.doors import LEEWAY, HostTokenSettings
from assist.domain.sign_in import Identity
from assist.errors import BadSetting, Unauthenticated
from assist.ports import Clock

SHORTEST_SECRET = 32
"""Bytes, as HS256 asks for (RFC 7518, 3.2): a shorter one can be guessed off a token."""
LONGEST_LIFE = timedelta(minutes=10)
"""From `iat` to `exp`: a token is made when a page is opened, and used at once."""

PART_OF_A_SECOND = timedelta(seconds=1)
"""A token's end is compared in whole seconds; that it was used is remembered past its fraction."""


class SignedHostTokens:
    """Reads them. Raises `BadSetting` where the settings do not fit together."""

    def __init__(self, settings: HostTokenSettings, clock: Clock) -> None:
        self._clock = clock
        self._settings = settings
        secret = settings.secret.get_secret_value()
        if bool(secret) == bool(settings.public_key):
            raise _bad("SECRET", "stands beside a public key", "set one of the two")
        if not settings.issuer:
            raise _bad("ISSUER", "is missing", "set it to what the helpdesk writes as `iss`")
        if secret and len(secret.encode()) < SHORTEST_SECRET:
            raise _bad("SECRET", "is too short", f"use {SHORTEST_SECRET} random bytes or more")
        self._algorithm = "HS256" if secret else "RS256"
        self._key = _shared(secret) if secret else _public(settings.public_key)

    def read(self, token: str) -> tuple[Identity, str, datetime]:
        """Who it is, the token's own id, and when it ends. Raises `Unauthenticated`."""
        claims = read_signed(token, self._key, [self._algorithm]).claims
        check_claims(claims, self._registry())
        try:
            until = datetime.fromtimestamp(claims["exp"], UTC)
            begun = datetime.fromtimestamp(claims["iat"], UTC)
        except (ValueError, OverflowError, OSError) as error:  # e.g. milliseconds
            cure = "write exp and iat in seconds since 1970"
            raise Unauthenticated("the token's times cannot be read", cure=cure) from error
        if until - begun > LONGEST_LIFE:
            minutes = int(LONGEST_LIFE.total_seconds() // 60)
            cure = f"have one signed that ends within {minutes} minutes"
            raise Unauthenticated("the token lives too long", cure=cure)
        identity = Identity(issuer=claims["iss"], subject=claims["sub"], claims=claims)
        return identity, claims["jti"], until + LEEWAY + PART_OF_A_SECOND

    def _registry(self) -> jwt.JWTClaimsRegistry:
        must = jwt.ClaimsOption(essential=True)
        return jwt.JWTClaimsRegistry(
            now=int(self._clock.now().timestamp()),
            leeway=int(LEEWAY.total_seconds()),
            iss=jwt.ClaimsOption(essential=True, value=self._settings.issuer),
            aud=jwt.ClaimsOption(essential=True, value=self._settings.audience),
            sub=must,
            exp=must,
            iat=must,
            jti=must,
        )


def _shared(secret: str) -> OctKey:
    try:
        return OctKey.import_key(secret)
    except ValueError as error:  # a public key, which others know
        raise _bad("SECRET", "is a key in PEM", "set ASSIST_HOST_TOKENS__PUBLIC_KEY") from error


def _public(pem: str) -> RSAKey:
    r"""A key from PEM, which may stand on one line with `\n` written out."""
    try:
        key = RSAKey.import_key(pem.replace("\\n", "\n"))
    except (JoseError, ValueError) as error:
        raise _bad("PUBLIC_KEY", "is no RSA key in PEM", "give the public key") from error
    if key.is_private:
        raise _bad("PUBLIC_KEY", "is a private key", "give the public one, and keep that secret")
    return key


def _bad(name: str, problem: str, cure: str) -> BadSetting:
    return BadSetting(problem, where=f"ASSIST_HOST_TOKENS__{name}", cure=cure)
