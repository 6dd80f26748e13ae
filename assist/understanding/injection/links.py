"""Images and links that would carry something away: a parameter waits to be filled in."""

import re
from collections.abc import Iterator

from assist.understanding.injection.findings import Finding

_IMAGE = re.compile(
    r"!\[[^\]\n]{0,200}\]\((https?://[^)\s?]{1,300}\?[^)\s]{0,600})"
    r"|<img[^<>]{0,200}?src\s{0,3}=\s{0,3}[\"']?(https?://[^\"'\s>?]{1,300}\?[^\"'\s>]{0,600})",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"[?&][\w.-]{1,40}=(?:$|&|[{\[<$]|%7B|%5B|%3C|[A-Z]{2,}[_+-][A-Z]|INSERT|YOUR|THE[_+-])"
    r"|[?&](?:q|data|d|secret|prompt|conversation|chat|history|leak|exfil\w*|payload|content|context"
    r"|msg|message|summary|info|text|password|token)=[^&]{0,600}",
)


def in_links(text: str) -> Iterator[Finding]:
    """Images whose address has a place for what the reader knows."""
    for match in _IMAGE.finditer(text):
        if _WAITING.search(match.group(1) or match.group(2)):
            yield Finding(
                match.start(), match.end(), "an image whose address would carry something away"
            )
