"""A real OpenID provider: django-oauth-toolkit in a small Django. Runs as a process of its own.

Usage: python -m tests.providers.django_provider FOLDER REDIRECT_URI; prints its port. Signs in
whoever posts a name and a password to /login/; groups are those of the user.
"""

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT_ID, CLIENT_SECRET = "assist", "secret-of-assist-at-the-provider"
PASSWORD = "correct horse"  # noqa: S105 - of people who are made up
PEOPLE = {"ana": ["support", "leads"], "bo": ["support"], "cleo": ["cleaning"]}
urlpatterns: list[Any] = []
"""Filled once Django is set up; Django reads them from this module, whose name is `__main__`."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called there
        pass


def set_up(folder: Path) -> None:
    """Django with its tables, in this folder, and a signing key made on the spot."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        LOGIN_URL="/login/",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": pem.decode(),
            "SCOPES": {"openid": "who it is", "profile": "name and groups"},
            "OAUTH2_VALIDATOR_CLASS": "tests.providers.django_claims.Validator",
        },
    )
    django.setup()


def fill(redirect_uri: str) -> None:
    """The people there are, and us."""
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, groups in PEOPLE.items():
        user = User.objects.create_user(name, password=PASSWORD, first_name=name.title())
        user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    Application.objects.create(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=redirect_uri,
        skip_authorization=True,
        algorithm=Application.RS256_ALGORITHM,
    )


def route() -> None:
    """The toolkit's own addresses, and a login without a page."""
    from django.contrib.auth import authenticate, login
    from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
    from django.urls import include, path

    def log_in(request: HttpRequest) -> HttpResponse:
        user = authenticate(username=request.POST["name"], password=request.POST["password"])
        if user is None:
            return HttpResponse(status=403)
        login(request, user)
        return HttpResponseRedirect(request.GET["next"])

    urlpatterns.append(path("login/", log_in))
    urlpatterns.append(path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")))


def main(folder: Path, redirect_uri: str) -> None:
    """Serve until the process is ended."""
    set_up(folder)
    fill(redirect_uri)
    route()
    from django.core.wsgi import get_wsgi_application

    with make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet
    ) as server:
        print(server.server_port, flush=True)  # noqa: T201 - whoever started us reads it
        server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
