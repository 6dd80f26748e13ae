"""A ticket's channel -> the form of the reply: a letter, a chat, a text, a public post."""

from assist.domain.base import Model


class Form(Model):
    """What a reply looks like on a channel."""

    letter: bool = False
    """Greeting and regards on lines of their own."""
    one_paragraph: bool = False
    public: bool = False
    """Others read it: no name, no words of the customer, nothing about their case."""
    characters: int | None = None
    """The most it may hold; sentences are left out whole, the least needed first."""


LETTER = Form(letter=True)
CHAT = Form(characters=1200)
"""More than a screen of a chat window is not read."""
SMS = Form(one_paragraph=True, characters=1000)
"""Seven parts of a long text message; phones join them up to ten."""
POST = Form(one_paragraph=True, public=True, characters=280)
"""The shortest of the public networks' limits."""

_FORMS: dict[str, Form] = (
    dict.fromkeys(("chat", "messaging", "whatsapp", "messenger", "in_app", "app"), CHAT)
    | dict.fromkeys(("sms", "text", "text_message"), SMS)
    | dict.fromkeys(("social", "twitter", "x", "facebook", "instagram", "mastodon", "review"), POST)
)


def form_of(channel: str | None) -> Form:
    """The form for a channel as helpdesks call it ("Live chat", "web_chat"); else a letter."""
    name = (channel or "").strip().lower().replace(" ", "_").replace("-", "_")
    if name.endswith("chat"):
        return CHAT
    return _FORMS.get(name, LETTER)
