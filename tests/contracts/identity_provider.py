"""The contract of `IdentityProvider`: the adapter passes it with a real provider, the fake too."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from assist.errors import Unauthenticated
from assist.ports import IdentityProvider

Visit = Callable[[str], dict[str, str]]
ASKED = {"back": "http://127.0.0.1/sign-in/back", "nonce": "n" * 43, "verifier": "v" * 64}


class IdentityProviderContract:
    """Subclasses give `provider`, and `visit`: a browser goes there and signs in as Ana."""

    def test_a_browser_is_sent_there_with_what_must_come_back(
        self, provider: IdentityProvider
    ) -> None:
        address = provider.address(state="s" * 43, **ASKED)
        query = parse_qs(urlsplit(address).query)
        assert query["state"] == ["s" * 43]
        assert query["redirect_uri"] == [ASKED["back"]]
        assert ASKED["verifier"] not in address

    def test_the_code_that_comes_back_says_who_it_is_once(
        self, provider: IdentityProvider, visit: Visit
    ) -> None:
        came = visit(provider.address(state="s" * 43, **ASKED))
        assert came["state"] == "s" * 43
        found = provider.identify(code=came["code"], **ASKED)
        assert found.claims["name"] == "Ana"
        assert found.subject
        with pytest.raises(Unauthenticated, match="does not take the code"):
            provider.identify(code=came["code"], **ASKED)

    @pytest.mark.parametrize(
        "changed", [{"nonce": "m" * 43}, {"verifier": "w" * 64}, {"back": "http://127.0.0.1/x"}]
    )
    def test_what_belongs_to_another_sign_in_says_nothing(
        self, provider: IdentityProvider, visit: Visit, changed: dict[str, Any]
    ) -> None:
        came = visit(provider.address(state="s" * 43, **ASKED))
        with pytest.raises(Unauthenticated):
            provider.identify(code=came["code"], **ASKED | changed)

    @pytest.mark.parametrize("code", ["made-up", "ä", "a b&c=d", "%", "x" * 5_000])
    def test_a_code_that_nobody_gave_says_nothing(
        self, provider: IdentityProvider, code: str
    ) -> None:
        with pytest.raises(Unauthenticated):
            provider.identify(code=code, **ASKED)
