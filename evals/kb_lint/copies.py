"""Articles and sections that stand a second time, in other words."""

import re
from collections.abc import Iterator

from evals.kb_lint.folder import Article, Folder
from evals.kb_lint.plants import Plant
from evals.kb_lint.rewording import reworded

_LINE = re.compile(r"^(?P<mark>\s*(?:\d+[.)]|[-*])\s+)?(?P<said>[A-Z].*)$")
DROPPED = 0.12
"""Part of the sentences that a copy leaves out."""
SECTION = 55
"""Words of a section from which on it is worth copying."""


def plant_copies(folder: Folder, number: int) -> Iterator[Plant]:
    """Half of them whole articles under another title, half sections in another article."""
    for at in range(number):
        yield _article(folder) if at % 2 == 0 else _section(folder)


def _article(folder: Folder) -> Plant:
    source = folder.take(lambda a: len(a.text.split()) > 2 * SECTION)
    title = f"{folder.rng.choice(('Guide', 'Help', 'Explained', 'At a glance'))}: {source.title}"
    data = {**source.data, "id": f"{source.id}-again", "title": title}
    text = _again(source.text, folder)
    copy = Article(source.path.with_name(f"{source.id}-again.md"), data, text)
    copy.text = re.sub(r"\A\s*# .*$", f"# {title}", copy.text, count=1, flags=re.MULTILINE)
    copy.write()
    folder.taken.add(copy.id)
    return Plant(kind="duplicate", documents=(source.id, copy.id), how="the article, reworded")


def _section(folder: Folder) -> Plant:
    source, target = folder.pair(lambda a: bool(_sections(a.text)))
    heading, body = folder.rng.choice(_sections(source.text))
    target.text = f"{target.text.rstrip()}\n\n## More on this\n\n{_again(body, folder).strip()}\n"
    target.write()
    return Plant(
        kind="duplicate", documents=(source.id, target.id), how=f"the section “{heading}”, reworded"
    )


def _sections(text: str) -> list[tuple[str, str]]:
    """Headings and bodies of sections that are long enough and no tables."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [(h, b) for h, b in pairs if len(b.split()) >= SECTION and "|" not in b]


def _again(text: str, folder: Folder) -> str:
    """Each line in other words; some are left out, headings and tables stay."""
    lines: list[str] = []
    for line in text.splitlines():
        met = _LINE.match(line)
        if met is None:
            lines.append(line)
        elif met["mark"] or folder.rng.random() >= DROPPED:
            lines.append(f"{met['mark'] or ''}{reworded(met['said'], folder.rng)}")
    return "\n".join(lines) + "\n"
