"""Titles such as “Beige Account: fees” tell accounts apart whose articles say “your account”."""

from datetime import date
from pathlib import Path

import pytest

from assist.domain.gaps import LintFinding
from assist.service.kb_bench import put_up
from assist.service.kb_lint import lint
from assist.settings import read_settings
from assist.wiring import bench, kb_source

pytestmark = pytest.mark.model
COLORS = ("Beige", "Hunter Green", "Lime Green", "Navy Blue")
LIMIT = "Your daily limit for withdrawals from cash machines is ${} on every day of the week."


def contradictions(folder: Path, articles: dict[str, str]) -> tuple[LintFinding, ...]:
    for name, text in articles.items():
        file = folder / "articles" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with bench(read_settings(folder / "home")) as made:
        base = put_up(made, kb_source().read(folder, None))
        return lint(base, date(2026, 11, 20), ("contradictory",))


def an_article(title: str, dollars: int) -> str:
    return f"# {title}\n\n{LIMIT.format(dollars)}\n"


def test_attributes_of_two_things_of_a_kind_do_not_contradict_each_other(tmp_path: Path) -> None:
    titles = [f"{color} Account: limits" for color in COLORS]
    articles = {f"a{n}": an_article(title, 100 * n) for n, title in enumerate(titles, 1)}

    assert contradictions(tmp_path, articles) == ()


def test_two_articles_about_the_same_one_of_them_still_do(tmp_path: Path) -> None:
    articles = {f"a{n}": f"# {c} Account: about\n\nOpen it online.\n" for n, c in enumerate(COLORS)}
    articles["limits"] = an_article("Navy Blue Account: limits", 300)
    articles["travel"] = an_article("How much cash a Navy Blue Account gives you", 500)

    (found,) = contradictions(tmp_path, articles)

    assert {name.removeprefix("articles/") for name in found.documents} == {
        "limits.md",
        "travel.md",
    }
    assert "“$300” against “$500”" in found.message


def test_what_names_nothing_is_compared_with_everything_as_before(tmp_path: Path) -> None:
    articles = {"one": an_article("Withdrawing cash", 300), "two": an_article("Travel abroad", 500)}

    assert len(contradictions(tmp_path, articles)) == 1
