"""Links and e-mail addresses of a text, written so that two spellings of one are the same."""

import re

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]\"'“”]{1,500}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w@./-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,3}"
    r"\.(?:com|org|net|io|co|eu|uk|us|de|info|app|dev|example|shop|support|help|online|site|biz|me|ly)"
    r"(?:/[^\s<>()\[\]\"'“”]{0,500})?(?![\w@])",
    re.IGNORECASE,
)


def links(text: str) -> frozenset[str]:
    """Addresses without scheme, `www.` and what closes a sentence, in lower case."""
    return frozenset(_plain(m.group()) for m in _LINK.finditer(text))


def _plain(link: str) -> str:
    bare = re.sub(r"^https?://", "", link.lower()).removeprefix("www.")
    return bare.rstrip(".,;:!?/*_`")
