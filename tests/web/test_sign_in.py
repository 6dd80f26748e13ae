"""Signing in with a browser: by a key, by a one-time link; cookies; signing out."""

from datetime import timedelta

import pytest

from assist.domain.doors import Doors, SignInSettings
from tests.builders import NOW
from tests.fakes import FrozenClock
from tests.web.checks import check_problem
from tests.web.test_pages import HOSTILE, Page, check_harmless
from tests.web.visitors import (
    CLOSED,
    ORIGIN,
    PAGE,
    a_desk,
    browser,
    csrf_in,
    later,
    ring_of,
    signed_in,
)

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)


def test_a_page_asked_for_without_a_session_leads_to_the_sign_in_page_and_back() -> None:
    desk = a_desk()
    key = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        sent = client.get("/inquiries?weeks=2", headers=PAGE)
        assert sent.status_code == 303
        assert sent.headers["location"] == "/sign-in?next=%2Finquiries%3Fweeks%3D2"

        page = Page(client.get(sent.headers["location"]).text)
        check_harmless(page)
        assert page.field("next") == "/inquiries?weeks=2"

        entered = signed_in(client, key, "/inquiries?weeks=2")
        assert (entered.status_code, entered.headers["location"]) == (303, "/inquiries?weeks=2")
        assert client.get("/inquiries?weeks=2", headers=PAGE).status_code == 503  # nothing ingested


def test_a_program_without_a_key_gets_a_problem_and_is_sent_nowhere() -> None:
    with browser(a_desk()) as client:
        check_problem(client.get("/inquiries"), 401)
        check_problem(client.get("/v1/cases", headers=PAGE), 401)
        check_problem(client.post("/", headers=PAGE), 401)
        wrong = PAGE | {"Authorization": "Bearer ak_x"}
        check_problem(client.get("/", headers=wrong), 401)


@pytest.mark.parametrize(
    "then",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "",
        "/ä",
        "/" + "x" * 3_000,
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(then: str) -> None:
    desk = a_desk()
    with browser(desk) as client:
        entered = signed_in(client, ring_of(desk).create("admin").secret, then)
        assert (entered.status_code, entered.headers["location"]) == (303, "/")


def test_who_asked_for_no_page_comes_to_where_their_work_begins() -> None:
    desk = a_desk()
    with browser(desk) as client:
        entered = signed_in(client, ring_of(desk).create("qa").secret, "/")
        assert entered.headers["location"] == "/"
        assert client.get("/", headers=PAGE).headers["location"] == "/evals"


def test_the_cookie_is_for_this_host_unseen_by_scripts_and_over_tls_only_over_tls() -> None:
    desk = a_desk()
    key = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        plain = signed_in(client, key).headers["set-cookie"]
    with browser(desk, "https://assist.example.org") as client:
        form = {"key": key}
        origin = {"Origin": "https://assist.example.org"}
        secure = client.post("/sign-in", data=form, headers=origin).headers["set-cookie"]
    for cookie in (plain, secure):
        said = {part.strip().lower() for part in cookie.split(";")}
        assert {"httponly", "path=/", "samesite=lax", "max-age=43200"} <= said
        assert not [part for part in said if part.startswith("domain")]
    assert plain.startswith("assist=as_")
    assert "secure" not in plain.lower()
    assert secure.startswith("__Host-assist=as_")
    assert "; secure" in secure.lower()


def test_a_secret_is_not_typed_into_a_page_that_others_could_read() -> None:
    desk = a_desk()
    key = ring_of(desk).create("agent").secret
    with browser(desk, "http://assist.example.org") as client:
        origin = {"Origin": "http://assist.example.org"}
        refused = client.post("/sign-in", data={"key": key}, headers=origin)
        assert refused.status_code == 403
        assert "not encrypted" in refused.text
        assert "ASSIST_SIGN_IN__URL" in refused.text
        assert "set-cookie" not in refused.headers


def test_behind_a_proxy_with_tls_the_cookie_is_for_tls() -> None:
    settings = SignInSettings(required=True, url="https://assist.example.org")
    desk = a_desk(Doors(sign_in=settings))
    key = ring_of(desk).create("agent").secret
    with browser(desk, "http://10.0.0.7:8000") as client:
        origin = {"Origin": "https://assist.example.org"}
        entered = client.post("/sign-in", data={"key": key}, headers=origin)
        assert entered.headers["set-cookie"].startswith("__Host-assist=")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        ORIGIN | {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_cannot_sign_somebody_in(headers: dict[str, str]) -> None:
    desk = a_desk()
    with browser(desk) as client:
        key = ring_of(desk).create("agent").secret
        refused = client.post("/sign-in", data={"key": key}, headers=headers)
        assert refused.status_code == 403
        assert "did not come from a page of this service" in refused.text
        assert "set-cookie" not in refused.headers


def test_a_key_that_opens_nothing_is_refused_and_not_shown() -> None:
    desk = a_desk()
    ring = ring_of(desk)
    revoked = ring.create("agent")
    ring.revoke(revoked.key.id)
    with browser(desk) as client:
        for key in (revoked.secret, "ak_" + "A" * 43, HOSTILE, ""):
            refused = signed_in(client, key)
            assert refused.status_code == 401
            page = Page(refused.text)
            check_harmless(page)
            assert "Not signed in" in page.texts["h2"]
            assert not key or key not in refused.text


def test_a_session_has_the_role_and_level_of_its_key_and_ends_with_it() -> None:
    desk = a_desk()
    ring = ring_of(desk)
    issued = ring.create("qa", note="Ana")
    with browser(desk) as client:
        signed_in(client, issued.secret)
        assert client.get("/v1/cases").status_code == 200
        check_problem(client.get("/v1/audit"), 403, "the role qa may not")
        ring.revoke(issued.key.id)
        check_problem(client.get("/v1/cases"), 401, "is ended")


@pytest.mark.parametrize(
    ("settings", "used", "over"),
    [
        (SignInSettings(required=True, idle_minutes=30), (), HOUR / 2),
        (SignInSettings(required=True, idle_minutes=30), (HOUR / 2 - INSTANT,), HOUR - INSTANT),
        (SignInSettings(required=True, hours=2), (HOUR, 2 * HOUR - INSTANT), 2 * HOUR),
    ],
)
def test_a_session_ends_when_it_is_idle_and_at_the_end_of_the_shift(
    settings: SignInSettings, used: tuple[timedelta, ...], over: timedelta
) -> None:
    desk = a_desk(Doors(sign_in=settings))
    key = ring_of(desk).create("admin").secret
    with browser(desk) as client:
        signed_in(client, key)
        cookies = dict(client.cookies)
    for after in used:
        with browser(later(desk, FrozenClock(NOW + after))) as client:
            assert client.get("/v1/cases", headers=_with(cookies)).status_code == 200
    with browser(later(desk, FrozenClock(NOW + over))) as client:
        check_problem(client.get("/v1/cases", headers=_with(cookies)), 401, "is expired")


def _with(cookies: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


def test_signing_out_ends_the_session_and_its_tokens() -> None:
    desk = a_desk()
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("agent").secret)
        cookies = dict(client.cookies)
        csrf = csrf_in(client.get("/inquiries"))
        headers = ORIGIN | {"X-CSRF-Token": csrf}
        token = client.post("/v1/tokens", json={}, headers=headers).json()["token"]
        by_token = {"Authorization": f"Bearer {token}"}
        assert client.get("/v1/cases", headers=by_token).status_code == 200

        out = client.post("/sign-out", data={"csrf": csrf}, headers=ORIGIN | PAGE)
        assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
        assert "assist" not in client.cookies
        check_problem(client.get("/v1/cases", headers=_with(cookies)), 401, "is ended")
        check_problem(client.get("/v1/cases", headers=by_token), 401, "is ended")


def test_the_page_says_who_is_signed_in() -> None:
    desk = a_desk()
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("lead", note="Ana & Bo").secret)
        page = Page(client.get("/sign-in").text)
        assert "Signed in as Ana & Bo" in page.texts["h2"]
        assert "Ana & Bo" in Page(client.get("/inquiries").text).texts["nav"]


def test_a_form_of_a_page_is_taken_with_its_token_and_not_without() -> None:
    desk = a_desk()
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("agent").secret)
        csrf = csrf_in(client.get("/sample"))
        form = {"text": "Where is my parcel?"}
        taken = client.post("/sample", data=form | {"csrf": csrf}, headers=ORIGIN)
        assert taken.status_code == 503  # nothing is ingested
        check_problem(client.post("/sample", data=form, headers=ORIGIN), 403, "token is missing")
        wrong = form | {"csrf": "0" * 64}
        check_problem(client.post("/sample", data=wrong, headers=ORIGIN), 403, "token is missing")


def test_a_key_in_a_header_needs_no_token_of_a_page() -> None:
    desk = a_desk()
    key = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        signed_in(client, key)
        headers = {"Authorization": f"Bearer {key}", "Origin": "https://evil.example"}
        answer = client.post("/v1/search", json={"query": "x"}, headers=headers)
        assert answer.status_code == 503  # nothing is ingested


def test_an_old_cookie_keeps_nobody_out_where_nobody_needs_one() -> None:
    desk = a_desk(Doors())
    ring = ring_of(desk)
    issued = ring.create("agent")
    with browser(desk) as client:
        signed_in(client, issued.secret)
        ring.revoke(issued.key.id)
        assert client.get("/v1/cases").status_code == 200
        page = Page(client.get("/sign-in").text)
        assert "Nobody needs to sign in here" in page.texts["h2"]


def test_nobody_may_frame_the_sign_in_page() -> None:
    desk = a_desk(Doors(sign_in=CLOSED.sign_in, frame_ancestors=("https://helpdesk.example",)))
    with browser(desk) as client:
        headers = client.get("/sign-in").headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        signed_in(client, ring_of(desk).create("agent").secret)
        framed = client.get("/inquiries").headers["content-security-policy"]
        assert framed.endswith("frame-ancestors 'self' https://helpdesk.example")


def test_signing_in_again_is_another_session_and_the_one_before_is_over() -> None:
    desk = a_desk()
    key = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        signed_in(client, key)
        before = dict(client.cookies)
        signed_in(client, key)
        assert client.get("/v1/cases").status_code == 200
        assert dict(client.cookies) != before
        other = {"Cookie": f"assist={before['assist']}"}
    with browser(desk) as client:
        check_problem(client.get("/v1/cases", headers=other), 401, "is ended")


def test_who_may_not_see_a_page_is_told_so_in_one_and_shown_no_link_to_it() -> None:
    desk = a_desk()
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("qa").secret)
        refused = client.get("/sample", headers=PAGE)
        assert refused.status_code == 403
        page = Page(refused.text)
        check_harmless(page)
        assert "the role qa may not ask for suggestions" in page.texts["p"]
        links = [a["href"] for tag, a in page.elements if tag == "a"]
        assert "/sample" not in links
        assert {"/desk", "/search", "/policies", "/gaps", "/kb-health", "/evals"} <= set(links)
        check_problem(client.get("/sample"), 403, "the role qa may not")
