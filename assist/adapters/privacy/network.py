"""Text -> where it holds addresses of mail and machines, and links that hold a secret."""

import ipaddress
import re
from collections.abc import Iterator

Spans = Iterator[tuple[int, int]]

_URL = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,15}://[^\s<>\"'\x00-\x1f]+")
_SECRET = re.compile(
    r"://[^/?#]{0,200}@|[?&#;](?:\w{0,20}[_-])?"
    r"(?:token|password|passwd|pwd|secret|signature|sig|auth|key|apikey|session|otp|code)=[^&#]",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]\w{1,62}")
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_IPV4 = re.compile(r"\d(?<![\w.]\d)\d{0,2}\.(?:\d{1,3}\.){2}\d{1,3}(?:/\d{1,2})?(?!\w|\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?:(?:\.\d{1,3}){3})?(?![\w:])"
)
_VERSION = re.compile(r"\b(?:version|firmware|build|release|v)\W{0,3}\Z", re.IGNORECASE)
_SPOKEN_AT = re.compile(
    r"\s{0,2}[\[(]?(?<!\w)at(?!\w)[\])]?\s{0,2}"
    r"[\w-]{1,63}(?:\s{0,2}[\[(]?\bdot\b[\])]?\s{0,2}[A-Za-z][\w-]{1,62}){1,4}",
    re.IGNORECASE,
)
_SPOKEN_LOCAL = re.compile(
    r"(?:[\w+-]{1,30}(?:\s{1,2}dot\s{1,2}|\.)){0,3}[\w+-]{1,30}\Z", re.IGNORECASE
)
_OF_SHOPS = """it them this these that one look looked see find found buy bought order ordered shop
    store site website page online is are was us"""
_NO_LOCAL = frozenset(_OF_SHOPS.split())
"""Before "at shop dot com" they speak of a shop, not of a mailbox."""
_MAC = re.compile(
    r"(?<![\w:.-])[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?![\w]|[:-]\w)"
)


def secret_links(text: str) -> Spans:
    """Links that hold a password or a token."""
    for match in _URL.finditer(text):
        if _SECRET.search(match.group()):
            yield match.start(), match.start() + len(match.group().rstrip(".,;:!?)"))


def emails(text: str) -> Spans:
    """Addresses of mail, in any script."""
    for match in _DOMAIN.finditer(text):
        at = match.start()
        if local := _LOCAL.search(text[max(0, at - 64) : at]):
            yield at - len(local.group().lstrip(".'")), match.end()


def spoken_emails(text: str) -> Spans:
    """Addresses in words: "ana dot lima at example dot com"."""
    for match in _SPOKEN_AT.finditer(text):
        before = text[max(0, match.start() - 100) : match.start()]
        if not before[-1:].isalnum():
            continue
        local = _SPOKEN_LOCAL.search(before)
        if local and local.group().lower() not in _NO_LOCAL:
            yield match.start() - len(local.group()), match.end()


def macs(text: str) -> Spans:
    """Hardware addresses: six pairs with colons or hyphens."""
    yield from (match.span() for match in _MAC.finditer(text))


def ips(text: str) -> Spans:
    """Addresses of machines, versions 4 and 6; a number of a release is none."""
    for match in _IPV4.finditer(text):
        after_version = _VERSION.search(text[max(0, match.start() - 16) : match.start()])
        if not after_version and all(int(n) < 256 for n in match.group().split("/")[0].split(".")):
            yield match.span()
    for match in _IPV6.finditer(text):
        if len(list(filter(None, match.group().split(":")))) > 1 and _is_ipv6(match.group()):
            yield match.span()


def _is_ipv6(written: str) -> bool:
    try:
        ipaddress.IPv6Address(written)
    except ValueError:
        return False
    return True
