"""Signing in by a one-time link: it opens once, by its button, and not for long."""

import pytest

from assist.service.sign_in import LINK_LIFE, SignIn
from tests.builders import NOW
from tests.fakes import FrozenClock
from tests.web.test_pages import HOSTILE, Page, check_harmless
from tests.web.visitors import ORIGIN, a_desk, browser, later


def test_a_link_opens_once_and_only_by_its_button() -> None:
    desk = a_desk()
    secret = SignIn(desk).link()
    with browser(desk) as client:
        for _ in range(2):  # e.g. a preview of it
            page = Page(client.get("/sign-in/link", params={"token": secret}).text)
            assert page.field("token") == secret
        entered = client.post("/sign-in/link", data={"token": secret}, headers=ORIGIN)
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        assert client.get("/v1/audit").status_code == 200
    with browser(desk) as client:
        again = client.post("/sign-in/link", data={"token": secret}, headers=ORIGIN)
        assert again.status_code == 401
        assert "has been used, or is too old" in again.text


@pytest.mark.parametrize("token", ["", "al_x", "al_" + "A" * 43, HOSTILE, "x" * 5_000])
def test_what_is_no_link_opens_nothing(token: str) -> None:
    with browser(a_desk()) as client:
        refused = client.post("/sign-in/link", data={"token": token}, headers=ORIGIN)
        assert refused.status_code == 401
        check_harmless(Page(refused.text))


def test_a_link_is_too_old_after_a_quarter_of_an_hour() -> None:
    desk = a_desk()
    secret = SignIn(desk).link()
    with browser(later(desk, FrozenClock(NOW + LINK_LIFE))) as client:
        refused = client.post("/sign-in/link", data={"token": secret}, headers=ORIGIN)
        assert refused.status_code == 401
