"""What a reply is made of: what it says about each issue, and the setting it is written in."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from assist.domain.base import Model
from assist.domain.draft import Citation, Promise
from assist.domain.issue import Issue
from assist.domain.tone import Tone
from assist.drafting.channels import Form
from assist.drafting.layout import Block
from assist.drafting.macros import Macro


class Part(Model):
    """What the reply says about one issue."""

    issue: Issue
    topic: str = ""
    words: str = ""
    """What is wrong in the customer's own words, where they may be quoted back."""
    citations: tuple[Citation, ...] = ()
    promises: tuple[Promise, ...] = ()
    open_points: tuple[str, ...] = ()
    on_record: tuple[str, ...] = ()
    """What the account says about it, a line each; only for a customer whom we have checked."""
    solved: bool = False
    """The customer says that it works now, and asks nothing more."""
    needs_approval: bool = False
    """Something the customer asked for is decided by somebody else."""
    written: tuple[Block, ...] = ()
    """What is known, in a model's words, each sentence checked; else the quotes are told."""
    macro: Macro | None = None
    """A canned text of the company that says it all, verbatim."""


class Setting(Model):
    """What the whole reply is written in: tone, time zone, and the next time we write."""

    tone: Tone = "plain"
    language: str = "en"
    channel: str | None = None
    """As the helpdesk calls it; a letter where it says nothing."""
    time_zone: str = "UTC"
    elsewhere: frozenset[str] = frozenset()
    """The company's regions that are not the customer's; empty where theirs is not known."""
    next_contact: datetime | None = None
    notices: tuple[Promise, ...] = ()
    unread: bool = False
    """Nobody has read the message: the reply says nothing about what is in it."""
    alone: bool = False
    """The notices are all there is to say, and come first."""
    write_en: bool = False
    """The customer may be told that they can also write in English."""


class Voice(NamedTuple):
    """How everything in one reply is said: its setting, its channel's form, its tone's words."""

    setting: Setting
    form: Form
    words: Mapping[str, str]
