"""What other services do for us, where one is set: a language model, sign-in, helpdesks.

Each is imported only where it is set: a search needs none of them.
"""

from collections.abc import Mapping

from assist.adapters.clock import SystemClock
from assist.domain.doors import HostTokenSettings, OidcSettings
from assist.domain.endpoint import ChatSettings
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.errors import BadSetting
from assist.ports import Chat, Helpdesk, HostTokens, IdentityProvider


def provider_of(settings: OidcSettings) -> IdentityProvider | None:
    """Where people sign in, or none where none is set. Raises `BadSetting`."""
    if not settings.active:
        return None
    from assist.adapters.oidc import OidcProvider

    return OidcProvider(settings, SystemClock())


def host_tokens_of(settings: HostTokenSettings) -> HostTokens | None:
    """What reads the tokens of a helpdesk, or none where none is set. Raises `BadSetting`."""
    if not settings.active:
        return None
    from assist.adapters.host_tokens import SignedHostTokens

    return SignedHostTokens(settings, SystemClock())


def chat_of(settings: ChatSettings) -> Chat | None:
    """The language model that is set, or none; what cannot work is said by whoever asks for it."""
    if settings == ChatSettings():
        return None
    # httpx and the rest are imported only where a model is set: a search needs none.
    from assist.adapters.chat.chat import OpenAIChat
    from assist.adapters.chat.unusable import UnusableChat

    try:
        return OpenAIChat(settings)
    except BadSetting as error:
        return UnusableChat(settings, error)


def helpdesks_of(settings: Mapping[str, HelpdeskSettings]) -> Mapping[str, Helpdesk]:
    """The helpdesks that are set, by name."""
    return {name: _helpdesk(name, one) for name, one in settings.items()}


def _helpdesk(name: str, settings: HelpdeskSettings) -> Helpdesk:
    if settings.kind == "chatwoot":
        from assist.adapters.helpdesks.chatwoot import Chatwoot

        return Chatwoot(name, settings)
    if settings.kind == "zendesk":
        from assist.adapters.helpdesks.zendesk import Zendesk

        return Zendesk(name, settings)
    if settings.kind == "django_helpdesk":
        from assist.adapters.helpdesks.django_helpdesk import DjangoHelpdesk

        return DjangoHelpdesk(name, settings)
    from assist.adapters.helpdesks.generic import Generic

    return Generic(name, settings)
