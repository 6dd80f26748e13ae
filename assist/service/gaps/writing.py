"""A gap's article between its parts and the Markdown that an editor writes."""

import re

import yaml

from assist.domain.gap_work import TrackedGap
from assist.domain.gaps import Gap
from assist.errors import BadInput
from assist.insights.gaps.drafts import Draft, Section

GAP = "gap"
"""The field of an article's front matter that says which gap it is to close."""
UNWRITTEN = "(To be written.)"
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"^##\s+(.+)$", re.MULTILINE)
_TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)


def written(draft: Draft) -> str:
    """The draft as Markdown that names its gap, and by it its tickets.

    No ticket's id stands in it: an editor takes the text elsewhere, and ids have to be forgotten.
    """
    front = {key: value for key, value in draft.front_matter.items() if key != "sources"}
    front[GAP] = draft.gap_id
    return draft.model_copy(update={"front_matter": front}).markdown


def read_draft(tracked: TrackedGap) -> Draft:
    """The article as it stands, in its parts. Raises `BadInput` where its front matter is wrong."""
    return parse_draft(tracked.proposal, tracked.gap)


def parse_draft(text: str, gap: Gap) -> Draft:
    """Markdown -> the draft of an article. Raises `BadInput` naming the front matter."""
    plain = text.replace("\r\n", "\n")
    head = _HEAD.match(plain)
    front = _front(head.group(1)) if head else {}
    body = plain[head.end() :] if head else plain
    title = _TITLE.search(body)
    named = str(front.get("title") or (title.group(1) if title else "") or gap.label or gap.id)
    adds_to = front.get("adds_to")
    return Draft(
        gap_id=gap.id,
        id=str(front.get("id") or gap.id),
        title=named.strip(),
        front_matter=front,
        sections=_sections(body, named.strip()),
        edits=str(adds_to) if adds_to else "",
    )


def _front(text: str) -> dict[str, object]:
    cure = "write it as YAML between two lines of ---, or leave it out"
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInput("the front matter cannot be read", where="text", cure=cure) from error
    if not isinstance(found, dict):
        raise BadInput("the front matter has no fields", where="text", cure=cure)
    return {str(key): value for key, value in found.items()}


def _sections(body: str, title: str) -> tuple[Section, ...]:
    """What stands before the first heading is of the title's."""
    parts = _HEADING.split(_TITLE.sub("", body, count=1))
    pairs = [(title, parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    return tuple(
        Section(question=question.strip(), told=_lines(text))
        for question, text in pairs
        if question is not title or text.strip()
    )


def _lines(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and line != UNWRITTEN)
