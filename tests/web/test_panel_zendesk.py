"""The panel as a Zendesk app: the token that Zendesk signs, its script, its editor."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import Browser, FrameLocator, Page, expect

from assist.adapters.host_tokens import SignedHostTokens
from assist.domain.doors import Doors, HostTokenSettings, SignInSettings
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.errors import BadInput
from assist.helpdesk_apps.zendesk import zendesk_app
from assist.service.desk import Desk
from assist.web.app import create_app
from assist.web.pages.panel_zendesk import SDK
from tests.fake_cases import InMemoryCases, InMemoryCheckpoints
from tests.fake_errands import InMemoryErrands
from tests.fake_timers import InMemoryNotices, InMemoryTimers
from tests.fakes import InMemorySuggestions
from tests.helpdesks.fake import MemoryHelpdesk
from tests.web.chromium import chromium, needs_chromium, served, window

ZENDESK = "http://acme.zendesk.test"
ISSUER = "acme.zendesk.com"
AUDIENCE = f"https://{ISSUER}/api/v2/apps/installations/42.json"
SCRIPT = """window.ZAFClient = {init: () => ({
  get: async (path) => ({[path]: 7}),
  invoke: async (name, value) => parent.postMessage({name, value}, "*"),
  on: (name, then) => { window.on = {...window.on, [name]: then}; },
})};"""
"""What Zendesk's script gives an app, as its documents say: it gets, invokes and tells."""
HOST = """<!doctype html><title>Zendesk</title><iframe name=app width=360 height=700></iframe>
<form method=post target=app action="{panel}"><input name=token value="{token}"></form>
<script>
window.heard = [];
addEventListener("message", (event) => window.heard.push(event.data));
document.forms[0].submit();
</script>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@pytest.fixture
def desk(fennwick: Desk, key: rsa.RSAPrivateKey) -> Desk:
    """Everybody must say who they are; Zendesk vouches for its agents."""
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    rules = HostTokenSettings(
        public_key=public.decode(),
        issuer=ISSUER,
        audience=AUDIENCE,
        claim="iss",
        roles={ISSUER: "agent"},
    )
    zen = MemoryHelpdesk("zen")
    zen.write("7", "How long may I return an order I do not want?")
    cases = InMemoryCases()
    parts = replace(
        fennwick.parts,
        cases=cases,
        checkpoints=InMemoryCheckpoints(),
        suggestions=InMemorySuggestions(),
        notices=InMemoryNotices(cases),
        errands=InMemoryErrands(InMemoryTimers()),
        helpdesks={"zen": zen},
        host_tokens=SignedHostTokens(rules, fennwick.parts.clock),
    )
    doors = Doors(
        sign_in=SignInSettings(required=True), host_tokens=rules, frame_ancestors=(ZENDESK,)
    )
    settings = HelpdeskSettings(kind="zendesk", url=ZENDESK, user="a@example.org")
    return replace(fennwick, parts=parts, doors=doors, helpdesks={"zen": settings})


def a_token(key: rsa.RSAPrivateKey, **changed: Any) -> str:
    """As Zendesk posts it: by whom, for which installation, about whom; no groups."""
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": f"https://{ISSUER}/api/v2/users/9001.json",
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        "jti": f"j-{time.time_ns()}",
        "context": {"product": "support", "location": "ticket_sidebar"},
    }
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return jwt.encode({"alg": "RS256"}, claims | changed, RSAKey.import_key(pem.decode()))


def opened_by(page: Page, address: str, token: str) -> FrameLocator:
    """The app's frame on a page that opens it as Zendesk does."""
    panel = f"{address}/panel/zendesk?helpdesk=zen"
    body = HOST.format(panel=panel, token=token)
    page.route(f"{ZENDESK}/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route(SDK, lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"))
    page.goto(f"{ZENDESK}/")
    return page.frame_locator("iframe")


@pytest.mark.browser
@needs_chromium
def test_an_agent_of_zendesk_sees_the_suggestion_and_inserts_it_where_they_write(
    browser: Browser, desk: Desk, key: rsa.RSAPrivateKey
) -> None:
    with served(desk) as address, window(browser) as page:
        frame = opened_by(page, address, a_token(key))
        frame.get_by_role("button", name="Fetch it from zen").click()
        expect(frame.locator("#draft")).to_be_visible()
        frame.locator("[data-do=insert]").click()
        expect(frame.locator(".said")).to_have_text("Inserted")
        (heard,) = page.evaluate("window.heard.filter(one => one.name)")
        assert heard["name"] == "ticket.editor.insert"
        row = desk.parts.cases.of_ticket("zen:7")
        assert row is not None
        draft = desk.parts.suggestions.get(row.suggestion_id).draft.text
        assert heard["value"].replace("<br>", "\n") == draft


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("claims", [{"aud": "another app"}, {"iss": "other.zendesk.com"}])
def test_a_token_for_another_app_or_of_another_zendesk_shows_nothing(
    browser: Browser, desk: Desk, key: rsa.RSAPrivateKey, claims: dict[str, Any]
) -> None:
    with served(desk) as address, window(browser) as page:
        frame = opened_by(page, address, a_token(key, **claims))
        expect(frame.locator("[role=alert]")).not_to_be_empty()
        assert frame.get_by_role("button").count() == 0


@pytest.mark.browser
@needs_chromium
def test_outside_of_zendesk_the_page_says_what_it_is_for(browser: Browser, desk: Desk) -> None:
    with served(desk) as address, window(browser) as page:
        page.route(SDK, lambda route: route.fulfill(body="", content_type="text/javascript"))
        page.goto(f"{address}/panel/zendesk")
        expect(page.get_by_role("alert")).to_contain_text("for the app in Zendesk")


def test_the_page_tells_nothing_and_loads_zendesks_script_and_ours_alone(desk: Desk) -> None:
    with TestClient(create_app(desk), "http://127.0.0.1") as client:
        page = client.post("/panel/zendesk", data={"token": '"><script>alert(1)</script>'})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    csp = page.headers["content-security-policy"]
    assert "script-src 'self' https://static.zdassets.com;" in csp
    assert f"frame-ancestors 'self' {ZENDESK}" in csp
    assert page.headers["cache-control"] == "no-store"


def test_the_app_is_a_zip_with_what_zendesk_asks_for() -> None:
    with zipfile.ZipFile(io.BytesIO(zendesk_app("https://assist.example.org", "zen"))) as app:
        names = set(app.namelist())
        manifest = json.loads(app.read("manifest.json"))
        json.loads(app.read("translations/en.json"))
        assert app.read("assets/logo.png").startswith(b"\x89PNG")
    assert names >= {"assets/logo.png", "assets/logo-small.png", "assets/icon_ticket_editor.svg"}
    assert (manifest["frameworkVersion"], manifest["signedUrls"]) == ("2.0", True)
    places = manifest["location"]["support"]
    assert set(places) == {"ticket_sidebar", "ticket_editor"}
    page = "https://assist.example.org/panel/zendesk?helpdesk=zen"
    assert {place["url"] for place in places.values()} == {page}


@pytest.mark.parametrize(
    "url", ["http://assist.example.org", "assist.example.org", "https://x?y=1"]
)
def test_an_address_that_zendesk_would_not_show_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="no address that Zendesk shows"):
        zendesk_app(url, "zen")
