"""The real helpdesk, started and ended; and a customer who writes to it by mail."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from assist.domain.helpdesk_settings import HelpdeskSettings
from tests.helpdesks.django_app import PASSWORD, QUEUE, USER

NUMBERS = count(1)


@dataclass(frozen=True)
class RealHelpdesk:
    """A running django-helpdesk."""

    address: str

    def settings(self, **told: Any) -> HelpdeskSettings:
        """Ours for it."""
        known = {"kind": "django_helpdesk", "url": self.address, "user": USER, "token": PASSWORD}
        return HelpdeskSettings.model_validate(known | told)

    def mail(self, text: str, subject: str, ticket: str = "", html: str = "") -> str:
        """A customer's mail comes in, in answer to this ticket or as a new one; its ticket."""
        tagged = f"Re: [{QUEUE}-{ticket}] {subject}" if ticket else subject
        mail = EmailMessage()
        mail["From"], mail["To"] = "Ana Lima <ana@example.com>", "care@example.org"
        mail["Subject"], mail["Message-Id"] = tagged, f"<{next(NUMBERS)}@example.com>"
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        answer = httpx.post(f"{self.address}/mail/", content=mail.as_bytes(), timeout=30)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["ticket"])

    def follow_ups(self, ticket: str) -> list[dict[str, Any]]:
        """As its own API tells."""
        answer = httpx.get(f"{self.address}/api/tickets/{ticket}/", auth=(USER, PASSWORD))
        return list(answer.json()["followup_set"])

    def told(self, ticket: str) -> list[str]:
        """What its submitter sees of a ticket."""
        return list(httpx.get(f"{self.address}/public/{ticket}/").json()["comments"])

    def delete(self, ticket: str) -> None:
        """Its staff deletes a ticket."""
        address = f"{self.address}/api/tickets/{ticket}/"
        assert httpx.delete(address, auth=(USER, PASSWORD)).status_code == 204


@contextmanager
def real_helpdesk(database: str, hook: str) -> Iterator[RealHelpdesk]:
    """django-helpdesk over this database, telling this address, until the block ends."""
    command = [sys.executable, "-m", "tests.helpdesks.django_app", database, hook]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip()
            assert port, "the helpdesk did not start"
            yield RealHelpdesk(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(timeout=60)
