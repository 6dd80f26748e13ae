"""`assist-evals self-retrieval` over real parts: what is found, lost, and takes whose place."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assist.domain.knowledge import Document
from evals.cli import app
from evals.self_retrieval.questions import asked
from evals.self_retrieval.results import Article, Query, SelfRetrieval
from evals.self_retrieval.run import in_force
from evals.self_retrieval.summing import measures, pairs
from tests.evals.beir_folders import write_folder

ARTICLES = {
    "filter": "---\ntitle: Change the water filter\n---\n# Change the water filter\n\n"
    "## Rinse a new filter\n\nHold the cartridge under cold water for a minute.\n\n"
    "## Reset the red drop\n\nPress the lid until the display shows a drop.\n",
    "kettle": "---\ntitle: Descale the kettle\n---\n# Descale the kettle\n\n"
    "Boil vinegar in it once a month and rinse it.\n\n## Notes\n\nUse no soap.\n",
    "shop-2025": "---\ntitle: Opening hours in 2025\nexpires: 2026-01-01\n---\n"
    "# Opening hours in 2025\n\nThe shop opened at nine.\n\n## Notes\n\nClosed on Sundays.\n",
    "staff": "---\ntitle: Refund a broken jug\naudience: internal\n---\n# Refund a broken jug\n\n"
    "Take the price from the till and note the batch number.\n",
    "twin-a": "---\ntitle: Clean the jug\n---\n# Clean the jug\n\nWash it with warm water.\n",
    "twin-b": "---\ntitle: Cleaning of the jug\n---\n"
    "# Cleaning of the jug\n\nWash it in warm water.\n",
}


def evals(*arguments: object) -> Result:
    """The command's result."""
    given = ["self-retrieval", *map(str, arguments)]
    return CliRunner().invoke(app, given, env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small knowledge base."""
    root = tmp_path_factory.mktemp("kb")
    (root / "articles").mkdir()
    for name, text in ARTICLES.items():
        (root / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def found(folder: Path) -> SelfRetrieval:
    """What it finds of itself."""
    result = evals(folder, "--on", "2026-11-20", "--json")
    assert result.exit_code == 0, result.output
    return SelfRetrieval.model_validate_json(result.stdout)


def of(found: SelfRetrieval, name: str) -> Article:
    return next(one for one in found.articles if one.id.endswith(f"{name}.md") or one.id == name)


def test_an_article_is_asked_for_by_title_headings_and_other_words(found: SelfRetrieval) -> None:
    texts = {(query.kind, query.text) for query in of(found, "filter").queries}
    assert ("title", "Change the water filter") in texts
    assert ("heading", "Rinse a new filter") in texts
    assert ("question", "How do I change the water filter?") in texts
    assert any(kind == "keywords" for kind, _ in texts)
    untitled = next(text for kind, text in texts if kind == "untitled")
    assert not {"change", "water", "filter"} & set(untitled.split())


def test_a_heading_that_says_little_is_asked_under_its_title(found: SelfRetrieval) -> None:
    texts = {query.text for query in of(found, "kettle").queries}
    assert "Descale the kettle: Notes" in texts
    assert "Notes" not in texts


def test_what_was_in_force_another_time_is_asked_about_then(found: SelfRetrieval) -> None:
    ended = of(found, "shop-2025")
    assert (ended.state, ended.on, ended.group) == ("ended", date(2025, 12, 31), "other time")
    assert ended.queries[0].found
    assert found.stale == ()


def test_what_is_internal_is_counted_apart(found: SelfRetrieval) -> None:
    groups = {row.group: row.articles for row in found.measures if row.kind == "all"}
    assert groups == {"customer": 4, "internal": 1, "other time": 1}


def test_a_title_finds_its_article(found: SelfRetrieval) -> None:
    titles = [query for one in found.articles for query in one.queries if query.kind == "title"]
    assert [query.rank for query in titles if query.text != "Cleaning of the jug"].count(1) >= 5


def test_a_beir_folder_is_asked_for_its_titles(tmp_path: Path) -> None:
    result = evals(write_folder(tmp_path / "roofs"), "--sample", 3, "--json")
    assert result.exit_code == 0, result.output
    roofs = SelfRetrieval.model_validate_json(result.stdout)
    assert len(roofs.articles) == 3
    assert any("were drawn" in note for note in roofs.notes)


def test_the_page_lists_words_that_do_not_find_their_article(folder: Path) -> None:
    result = evals(folder, "--on", "2026-11-20", "--at-least", "1")
    assert "documents that nobody can find" in result.stdout
    assert result.exit_code in (0, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/nowhere"], "there is no such folder"),
        (["kb_corpus", "--on", "2026-13-01"], "is not a date"),
    ],
)
def test_bad_input_is_named_with_its_cure(arguments: list[str], said: str) -> None:
    result = evals(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Reset your password", "How do I reset my password?"),
        ("When to check", "When to check?"),
        ("If an update fails", "What happens if an update fails?"),
        ("The code is rejected", "What can I do when the code is rejected?"),
        ("Gift cards", "What do I need to know about gift cards?"),
        ("T-52: the hub is lost", "What do I need to know about T-52: the hub is lost?"),
        ("Is your Plug 2 recalled?", "Is my Plug 2 recalled?"),
    ],
)
def test_a_heading_becomes_a_customers_question(heading: str, question: str) -> None:
    assert asked(heading) == question


def an_article(name: str, *ranked: tuple[int | None, str]) -> Article:
    queries = tuple(
        Query(kind="title", text=f"{name} {n}", rank=rank, first=first)
        for n, (rank, first) in enumerate(ranked)
    )
    told = {"id": name, "title": name, "kind": "kb", "audience": "customer", "group": "customer"}
    return Article.model_validate(
        told | {"state": "in force", "on": date(2026, 11, 20), "region": None, "queries": queries}
    )


def test_recall_and_reciprocal_rank_are_means_over_articles() -> None:
    row = measures([an_article("a", (1, "a"), (2, "b")), an_article("b", (None, "c"))])[0]
    means = {name: one.mean for name, one in row.metrics.items()}
    assert means == {"recall@1": 0.25, "recall@5": 0.5, "recall@10": 0.5, "MRR@10": 0.375}


def test_two_articles_are_a_pair_where_each_takes_the_others_query() -> None:
    a = an_article("a", (2, "b"), (1, "a"))
    b = an_article("b", (3, "a"), (4, "a"), (2, "c"))
    c = an_article("c", (1, "c"))
    (pair,) = pairs([a, b, c])
    assert (pair.a, pair.b, pair.a_taken, pair.b_taken) == ("a", "b", 1, 2)


def test_a_document_is_asked_about_on_a_day_on_which_it_holds() -> None:
    day = date(2026, 11, 20)
    coming = Document(id="d", text="t", effective=date(2027, 1, 1))
    assert in_force(Document(id="d", text="t"), day) == ("in force", day)
    assert in_force(coming, day) == ("to come", date(2027, 1, 1))
    ended = Document(id="d", text="t", expires=day)
    assert in_force(ended, day) == ("ended", date(2026, 11, 19))
