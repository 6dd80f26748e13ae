"""The Zendesk app: a manifest that points to our page, translations, icons; all in a zip.

Framework 2.0. The page is served by us (`/panel/zendesk`); with `signedUrls` Zendesk posts a JWT
to it that says which of its agents opened it.
"""

import io
import json
import zipfile
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode, urlsplit

from assist import __version__
from assist.errors import BadInput

ICONS = ("logo.png", "logo-small.png", "icon_ticket_editor.svg")
FRAMEWORK = "2.0"
MADE = (2026, 1, 1, 0, 0, 0)
"""The time of every file in the zip: the same app is the same bytes."""
LOOPBACK = ("127.0.0.1", "localhost")


def zendesk_app(url: str, helpdesk: str) -> bytes:
    """The zip to upload, for a service at `url` where the Zendesk is called `helpdesk`.

    Raises `BadInput` for an address that Zendesk would not frame.
    """
    content = {
        "manifest.json": _json(manifest(url, helpdesk)),
        "translations/en.json": _json(_TRANSLATION),
    }
    icons = files(__package__)
    content |= {f"assets/{name}": (icons / name).read_bytes() for name in ICONS}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), data)
    return packed.getvalue()


def manifest(url: str, helpdesk: str) -> dict[str, Any]:
    """Where the app stands: beside the ticket, and in its editor's toolbar."""
    address = urlsplit(url)
    safe = address.scheme == "https" or address.hostname in LOOPBACK
    if not safe or not address.hostname or address.query or address.fragment:
        raise BadInput(
            "is no address that Zendesk shows", where="url", cure="give https://HOST, without ?"
        )
    page = f"{url.rstrip('/')}/panel/zendesk?{urlencode({'helpdesk': helpdesk})}"
    return {
        "name": "assist",
        "author": {"name": "assist", "email": "assist@example.org"},
        "defaultLocale": "en",
        "private": True,
        "version": __version__,
        "frameworkVersion": FRAMEWORK,
        "signedUrls": True,
        "location": {
            "support": {
                "ticket_sidebar": {"url": page, "flexible": True},
                "ticket_editor": {"url": page, "flexible": True},
            }
        },
    }


_TRANSLATION = {
    "app": {
        "name": "assist",
        "short_description": "What the ticket is about, what may be done, and a sourced reply.",
        "long_description": "Shows the suggestion beside the ticket: issue and priority, solutions "
        "within your authority, and a reply whose every sentence names its source.",
        "installation_instructions": "Set ASSIST_HOST_TOKENS__PUBLIC_KEY, __ISSUER and __AUDIENCE "
        "as docs/helpdesks.md says.",
    }
}


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=2).encode()
