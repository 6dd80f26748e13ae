"""How people come in, how long they stay, how often they may ask: what whoever runs it sets."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from assist.domain.access import Role
from assist.domain.base import Model

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LEEWAY = timedelta(seconds=60)
"""How far the clock of a provider or a helpdesk may be off from ours."""


Origin = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.*-]+(:[0-9]{1,5})?$")]
"""Of a page: scheme, host, and port where it is not the usual one."""


def _said(default: Any, description: str, example: str = "", **limits: Any) -> Any:
    """A field with what it says, for whoever sets it."""
    examples = [example] if example else None
    return Field(default, description=description, examples=examples, **limits)


class SignInSettings(Model):
    """Sessions of browsers."""

    required: bool = _said(
        False, "Ask everybody to sign in or to send a key, also where the workspace has no key."
    )
    url: str = _said(
        "",
        "Where browsers reach the service, behind a proxy. Unset: as the request says.",
        "https://assist.example.org",
    )
    idle_minutes: int = _said(120, "Minutes after which an unused session ends.", ge=1, le=1440)
    hours: int = _said(12, "Hours after which every session ends.", ge=1, le=168)

    @property
    def idle(self) -> timedelta:
        """How long nobody may use a session."""
        return timedelta(minutes=self.idle_minutes)


class EntitlementSettings(Model):
    """What a claim about somebody lets them open and grant. No role: no entrance."""

    claim: str = _said("groups", "The claim that names somebody's groups; a list or one word.")
    roles: dict[str, Role] = _said(
        {},
        "JSON: group -> agent, lead, qa, editor or admin. Who is in none may not come in.",
        '{"support": "agent", "support-leads": "lead"}',
    )
    levels: dict[str, str] = _said(
        {},
        "JSON: group -> level of authority.yaml. Who is in none has the lowest.",
        '{"support-leads": "lead"}',
    )


class OidcSettings(EntitlementSettings):
    """An OpenID Connect provider."""

    issuer: str = _said(
        "",
        "Issuer of the OpenID Connect provider, exactly as it calls itself. Unset: none.",
        "https://login.example.org/realms/main",
    )
    client_id: str = _said("", "What the provider calls this service.", "assist")
    client_secret: SecretStr = _said(
        SecretStr(""), "Its secret there. Unset: a public client.", "..."
    )
    scopes: str = _said("openid profile", "What is asked for, with spaces; openid is a must.")
    label: str = _said("Sign in with your company account", "What the button says.")

    @property
    def active(self) -> bool:
        """Whether there is one."""
        return bool(self.issuer)


class HostTokenSettings(EntitlementSettings):
    """Tokens that a helpdesk signs for its agents, exchanged for one of ours."""

    secret: SecretStr = _said(
        SecretStr(""),
        "Secret shared with the helpdesk that signs by HS256; 32 bytes or more. Unset: none.",
        "...",
    )
    public_key: str = _said(
        "",
        "Instead of it, the helpdesk's public key in PEM, which signs by RS256.",
        "-----BEGIN PUBLIC KEY-----...",
    )
    issuer: str = _said("", "What the tokens call their issuer (`iss`).", "helpdesk")
    audience: str = _said("assist", "What the tokens call this service (`aud`).")

    @property
    def active(self) -> bool:
        """Whether any is taken."""
        return bool(self.secret.get_secret_value() or self.public_key)


class RateSettings(Model):
    """How often one key or person may ask, in each process; 0 for as often as they like."""

    per_minute: int = _said(1_200, "Requests a minute for one key or person; 0: no limit.", ge=0)
    suggestions_per_minute: int = _said(
        300, "Of these, requests that make a suggestion; 0: no limit.", ge=0
    )
    sign_ins_per_minute: int = _said(
        60, "Attempts to sign in a minute, of everybody together; 0: no limit.", ge=0
    )
    hooks_per_minute: int = _said(
        600, "Webhooks a minute, of all helpdesks together; 0: no limit.", ge=0
    )


class Doors(Model):
    """All of it."""

    sign_in: SignInSettings = SignInSettings()
    oidc: OidcSettings = OidcSettings()
    host_tokens: HostTokenSettings = HostTokenSettings()
    rate: RateSettings = RateSettings()
    frame_ancestors: tuple[Origin, ...] = ()
    """Origins of pages that may show ours in a frame."""

    @property
    def closed(self) -> bool:
        """Whether everybody must say who they are even where there is no key."""
        return self.sign_in.required or self.oidc.active or self.host_tokens.active


def is_loopback(host: str | None) -> bool:
    """Whether what is sent to this host stays on its machine."""
    return host in LOOPBACK


def safe_url(url: str) -> bool:
    """Whether what is sent there is encrypted, or stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))


def groups_in(claims: Mapping[str, Any], claim: str) -> tuple[str, ...]:
    """The groups that a claim names: a list, one word, or none."""
    found = claims.get(claim)
    if isinstance(found, str):
        return (found,)
    if isinstance(found, Iterable):
        return tuple(one for one in found if isinstance(one, str))
    return ()
