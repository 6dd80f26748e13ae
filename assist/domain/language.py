"""Which language a ticket is in, how we know, and which one it is answered in."""

from typing import Literal

from assist.domain.base import Model, Unit

LanguageSource = Literal["detected", "locale", "assumed"]
Lack = Literal["articles", "embedder", "wording", "certainty"]

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""Languages told apart, by ISO 639-1 code. Each one more makes short messages less certain."""
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


def base(tag: str) -> str:
    """The language of a BCP 47 tag or a locale, without region and script: `de` of `de_AT`."""
    code = tag.strip().replace("_", "-").partition("-")[0].casefold()
    return _SAME.get(code, code)


def name_of(tag: str) -> str:
    """Its English name; the code itself where we have none."""
    return NAMES.get(base(tag), tag)


class TicketLanguage(Model):
    """The language of the customer's own words, and what it means for the reply.

    `code` is ISO 639-1, `confidence` the detector's probability for it. `source` says whether it
    was `detected`, or taken from the customer's `locale` or `assumed` to be the knowledge base's
    because the words were too few. `reply` is the language the reply is written in.
    """

    code: str
    confidence: Unit
    source: LanguageSource
    also: tuple[str, ...] = ()
    """Further languages that a part of the ticket is in."""
    reply: str
    lacks: tuple[Lack, ...] = ()
    """Why it cannot be answered in its language; empty where it can."""

    @property
    def name(self) -> str:
        """In English."""
        return name_of(self.code)

    @property
    def how(self) -> str:
        """In words, how we know."""
        words = {"locale": "by the customer's locale", "assumed": "assumed, too few words to tell"}
        return words.get(self.source, f"detected, {self.confidence:.0%}")

    @property
    def answerable(self) -> bool:
        """Whether the reply may state what the knowledge base says."""
        return not self.lacks
