"""A real helpdesk: django-helpdesk in a small Django on PostgreSQL. Runs as a process of its own.

Usage: python -m tests.helpdesks.django_app DATABASE_URL HOOK_URL; prints its port. What is posted
to /mail/ is a mail that came in; /public/N/ shows the public follow-ups of a ticket, as its
submitter sees them.
"""

import logging
import os
import sys
from typing import Any
from wsgiref.simple_server import make_server

import django
from django.conf import settings
from sqlalchemy import make_url

from tests.providers.django_provider import Quiet, Server

USER, PASSWORD = "assist", "correct horse"
QUEUE = "care"
urlpatterns: list[Any] = []
"""Filled once Django is set up; Django reads them from this module, whose name is `__main__`."""


def set_up(database: str, hook: str) -> None:
    """Django over this database, telling this address of tickets."""
    url = make_url(database)
    os.environ["HELPDESK_NEW_TICKET_WEBHOOK_URLS"] = hook
    os.environ["HELPDESK_FOLLOWUP_WEBHOOK_URLS"] = hook
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": url.database,
                "HOST": url.query.get("host") or url.host,
                "PORT": url.port or "",
                "USER": url.username,
                "PASSWORD": url.password or "",
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.messages",
            "django.contrib.admin",
            "django.contrib.humanize",
            "rest_framework",
            "helpdesk",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        SITE_ID=1,
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_ACTIVATE_API_ENDPOINT=True,
    )
    django.setup()
    logging.disable(logging.WARNING)


def fill() -> None:
    """A queue, and an account of its staff for us."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from helpdesk.models import Queue

    call_command("migrate", verbosity=0)
    User.objects.create_superuser(USER, "assist@example.org", PASSWORD)
    Queue.objects.create(title="Care", slug=QUEUE, email_address="care@example.org")


def route() -> None:
    """The helpdesk's own addresses, and two for what happens outside of it."""
    from django.http import HttpRequest, HttpResponse, JsonResponse
    from django.urls import include, path
    from helpdesk.email import extract_email_metadata
    from helpdesk.models import FollowUp, Queue

    def mail(request: HttpRequest) -> HttpResponse:
        queue = Queue.objects.get(slug=QUEUE)
        came = extract_email_metadata(request.body.decode(), queue, logging.getLogger("mail"))
        return JsonResponse({"ticket": came.id})

    def public(_request: HttpRequest, ticket_id: int) -> HttpResponse:
        found = FollowUp.objects.filter(ticket=ticket_id, public=True).order_by("id")
        return JsonResponse({"comments": [one.comment for one in found]})

    urlpatterns.append(path("mail/", mail))
    urlpatterns.append(path("public/<int:ticket_id>/", public))
    urlpatterns.append(path("", include("helpdesk.urls", namespace="helpdesk")))


def main(database: str, hook: str) -> None:
    """Serve until the process is ended."""
    set_up(database, hook)
    fill()
    route()
    from django.core.wsgi import get_wsgi_application

    with make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet
    ) as server:
        print(server.server_port, flush=True)  # noqa: T201 - whoever started us reads it
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
