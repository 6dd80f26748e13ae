"""What comes out of helpdesks, read: articles and solved tickets."""

import json
from pathlib import Path
from typing import Any

import pytest

from assist.adapters.documents.zendesk import language_tag
from assist.errors import BadKnowledgeBase
from tests.adapters.readings import FORMATS, by_id, read, said, saved


def an_article(**fields: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "title": "T",
        "body": "<p>Press the button.</p>",
        "locale": "en-us",
        "source_locale": "en-us",
        "draft": False,
        "user_segment_id": None,
        **fields,
    }


def a_ticket_row(**fields: Any) -> dict[str, Any]:
    return {
        "id": "t-1",
        "status": "solved",
        "problem": "The hub is off.",
        "resolution": "A new adapter.",
        **fields,
    }


def test_an_article_keeps_its_structure_and_where_it_stood() -> None:
    article = by_id(read(FORMATS / "zendesk" / "articles.json"))["9101"]

    assert article.title == "Window Sensor 1: first steps"
    assert (article.kind, article.audience, article.language) == ("kb", "customer", "en-US")
    assert "## Attach the sensor\n\n1. Clean the window frame with a dry cloth." in article.text
    assert "| Code W-44 | The magnet is further away than 15 millimeters. |" in article.text
    assert "[the overview of sensors](https://fennwick.example/hc/en-us/articles/9001)" in (
        article.text
    )
    assert "never shown" not in article.text
    assert article.metadata == {
        "section": "Window sensors",
        "category": "Sensors",
        "tags": ["window", "first steps", "Window sensors", "Sensors"],
        "url": "https://fennwick.example/hc/en-us/articles/9101",
        "updated_at": "2026-09-14T10:30:00Z",
    }


def test_each_language_of_an_article_is_a_document() -> None:
    documents = by_id(read(FORMATS / "zendesk" / "articles.json"))

    assert documents["9101/de"].language == "de"
    assert "Der Fenstersensor 1 meldet ein offenes Fenster." in documents["9101/de"].text


def test_drafts_stay_out_and_a_user_segment_makes_an_article_internal() -> None:
    reading = read(FORMATS / "zendesk" / "articles.json")

    assert set(by_id(reading)) == {"9101", "9101/de", "9102", "9104"}
    assert by_id(reading)["9102"].audience == "internal"
    assert said(reading) == [
        "error: article 6 has a body that is not text",
        "warning: 1 article is left out: a draft",
        "warning: 1 article is marked as outdated, and read all the same",
    ]
    assert reading.skipped_ids == ("9105",)


def test_pages_know_each_others_sections(tmp_path: Path) -> None:
    pages = [
        {"articles": [an_article(section_id=1)]},
        {"articles": [an_article(id=8)], "sections": [{"id": 1, "name": "Hubs"}]},
    ]
    documents = by_id(read(saved(tmp_path / "pages.json", pages)))

    assert set(documents) == {"7", "8"}
    assert documents["7"].metadata["section"] == "Hubs"


TRANSLATIONS = [
    {"source_id": 7, "locale": "de", "title": "DE", "body": "<p>Taste.</p>"},
    {"source_id": 7, "locale": "en-us", "title": "T", "body": "<p>Press the button.</p>"},
]


@pytest.mark.parametrize(
    "page",
    [
        {"articles": [an_article()], "translations": TRANSLATIONS},
        {"articles": [an_article(translations=TRANSLATIONS)]},
    ],
)
def test_side_loaded_translations_are_read(tmp_path: Path, page: dict[str, Any]) -> None:
    documents = by_id(read(saved(tmp_path / "page.json", page)))

    assert {key: value.text for key, value in documents.items()} == {
        "7": "Press the button.",
        "7/de": "Taste.",
    }


def test_articles_as_json_lines_are_read_and_broken_lines_named(tmp_path: Path) -> None:
    lines = [json.dumps(an_article()), '{"id": 8,', json.dumps(an_article(id=None))]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    reading = read(file)

    assert set(by_id(reading)) == {"7"}
    assert [problem.where for problem in reading.problems] == [f"{file}:2", f"{file}:3"]
    assert "not JSON" in said(reading)[0]
    assert "has no id that we can use" in said(reading)[1]


def test_a_cut_off_export_is_named(tmp_path: Path) -> None:
    (tmp_path / "articles.json").write_text('{"articles": [{"id": 7, "title"', encoding="utf-8")
    with pytest.raises(BadKnowledgeBase, match="not JSON"):
        read(tmp_path / "articles.json")


@pytest.mark.parametrize(
    ("locale", "tag"),
    [("en-us", "en-US"), ("de", "de"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")],
)
def test_a_locale_is_written_as_the_standard_writes_it(locale: str, tag: str) -> None:
    assert language_tag(locale) == tag


def test_a_solved_ticket_is_a_problem_and_its_resolution_without_the_person() -> None:
    ticket = by_id(read(FORMATS / "solved" / "solved.csv"))["w-1"]

    assert (ticket.kind, ticket.audience) == ("precedent", "internal")
    assert (ticket.products, ticket.regions) == (("Window Sensor 1",), ("UK",))
    assert ticket.text == (
        '## Problem\n\nmy Window Sensor 1 says "open" although the window is shut. '
        "I am <NAME_1>, order FW-23001, call <PHONE_1>.\n\n"
        "## Resolution\n\nThe magnet sat 22 millimeters from the sensor. After it was moved to "
        "10 millimeters, the Window Sensor 1 reported the window as shut."
    )
    assert ticket.metadata == {
        "created_at": "2026-11-02",
        "solved_at": "2026-11-04T10:00:00+00:00",
        "category": "connectivity",
        "satisfaction": "good",
        "tags": ["window", "W-44"],
    }


def test_unsolved_rows_are_counted_and_broken_ones_named() -> None:
    reading = read(FORMATS / "solved" / "solved.csv")

    assert set(by_id(reading)) == {"w-1"}
    assert said(reading) == [
        "error: has 4 cells under 15 columns",
        "warning: 1 row is left out: not solved yet",
        "warning: 1 row is left out: without a problem or a resolution",
    ]
    assert reading.problems[0].where.endswith("solved.csv:15")


def test_messages_tell_the_problem_and_the_last_public_reply() -> None:
    reading = read(FORMATS / "solved" / "solved.jsonl")
    ticket = by_id(reading)["w-11"]

    assert ticket.text == (
        "## Problem\n\nmy Window Sensor 1 was empty after one month. Mail <EMAIL_1> or ring "
        "<PHONE_1>.\n\n## Resolution\n\nW-46 stands for a coin cell from a weak batch, and we sent "
        "two new cells free of charge."
    )
    assert said(reading) == [
        "error: messages must be a list of objects",
        "warning: 1 row is left out: not solved yet",
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"id": ""}, "id must not be empty"),
        ({"problem": {"a": 1}}, "problem must be text"),
    ],
)
def test_a_row_that_is_no_ticket_is_named(
    tmp_path: Path, fields: dict[str, Any], problem: str
) -> None:
    rows = [a_ticket_row(id="good"), a_ticket_row(**fields)]
    file = tmp_path / "tickets.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reading = read(file)

    assert [document.id for document in reading.documents] == ["good"]
    assert said(reading) == [f"error: {problem}"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_may_be_cut_by_commas_semicolons_or_tabs(tmp_path: Path, delimiter: str) -> None:
    cells = [["id", "question", "answer"], ["t-1", "Is it on?", "Yes."]]
    file = tmp_path / "tickets.csv"
    file.write_text("\n".join(delimiter.join(row) for row in cells), encoding="utf-8")

    assert read(file).documents[0].text == "## Problem\n\nIs it on?\n\n## Resolution\n\nYes."


def test_a_quote_that_never_closes_is_named_and_the_rows_before_it_kept(tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text('id,question,answer\nt-1,A?,B.\nt-2,"C?,D.\nt-3,E?,F.\n', encoding="utf-8")
    reading = read(file)

    assert [document.id for document in reading.documents] == ["t-1"]
    assert said(reading)[0].startswith("error: not CSV: ")
    assert reading.problems[0].where == f"{file}:3"
    assert reading.skipped_sources == (file.as_posix(),)


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("sku,price\nFW-H2,129\n", encoding="utf-8")
    with pytest.raises(BadKnowledgeBase, match="no export"):
        read(tmp_path / "prices.csv")


def test_a_translation_has_the_language_in_its_id_without_a_source_locale(tmp_path: Path) -> None:
    article = an_article(translations=TRANSLATIONS)
    del article["source_locale"]
    documents = by_id(read(saved(tmp_path / "page.json", {"articles": [article]})))

    assert set(documents) == {"7", "7/de"}


def test_an_article_without_a_title_takes_its_heading_or_is_named(tmp_path: Path) -> None:
    articles = [
        an_article(title=None, body="<h2>Reset the hub</h2><p>Press the button.</p>"),
        an_article(id=8, title=None),
    ]
    reading = read(saved(tmp_path / "page.json", {"articles": articles}))

    assert by_id(reading)["7"].title == "Reset the hub"
    assert said(reading) == ["error: article 2 has neither a title nor a heading"]
