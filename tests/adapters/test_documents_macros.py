"""Macros, read: Markdown files and exports."""

from pathlib import Path
from typing import Any

import pytest

from tests.adapters.readings import FORMATS, by_id, read, said, saved


def test_a_macro_is_kept_verbatim_for_customers(tmp_path: Path) -> None:
    (tmp_path / "macros").mkdir()
    text = (FORMATS / "macros" / "window-sensor-returned.md").read_text(encoding="utf-8")
    (tmp_path / "macros" / "returned.md").write_text(text, encoding="utf-8")
    macro = read(tmp_path).documents[0]

    assert (macro.id, macro.kind, macro.audience) == (
        "macro-window-sensor-returned",
        "kb",
        "customer",
    )
    assert (macro.regions, macro.products) == (("US",), ("Window Sensor 1",))
    assert macro.front_matter["macro"] is True
    assert macro.text.startswith("Hello {name},\n\nyour Window Sensor 1 has reached our workshop.")


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("audience: internal", "audience must be customer for a macro"),
        ("kind: policy", "kind must be kb for a macro"),
        ("regions: [[US]]", "regions must be a list of words"),
    ],
)
def test_a_macro_that_is_not_for_customers_is_named(
    tmp_path: Path, head: str, problem: str
) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "good.md").write_text("Fine.", encoding="utf-8")
    (tmp_path / "macros" / "m.md").write_text(f"---\nid: m\n{head}\n---\nText.", encoding="utf-8")
    reading = read(tmp_path)

    assert problem in reading.problems[0].problem
    assert reading.problems[0].where.endswith("m.md:3")
    assert reading.skipped_ids == ("m",)


def test_an_export_of_macros_gives_those_that_a_customer_can_get() -> None:
    reading = read(FORMATS / "macros" / "macros.json")

    assert {key: value.text for key, value in by_id(reading).items()} == {
        "501": "Hello {name},\n\nplease move the magnet of the Window Sensor 1 to within "
        "15 millimeters of the sensor.\n\n1. Loosen the magnet from the frame.\n"
        "2. Fix it again next to the mark on the sensor.\n\nKind regards\n{agent}",
        "502": "Hello {name},\n\nWe have sent you a new coin cell for the Window Sensor 1.\n\n"
        "Kind regards\n{agent}",
    }
    unfilled = "the macro 'Parcel number' is left out: nothing fills in"
    assert said(reading) == [
        f"warning: {unfilled} {{{{ticket.ticket_field_360}}}}",
        "warning: 1 macro is left out: not active",
        "warning: 1 macro is left out: without a text for the customer",
        "warning: 1 macro is left out: an internal note",
    ]


def test_the_agents_signature_at_the_end_of_a_macro_is_dropped(tmp_path: Path) -> None:
    said_to_all = "Thank you.\n\n{{ current_user.signature }}\n"
    actions = [{"field": "comment_value", "value": said_to_all}]
    reading = read(
        saved(tmp_path / "m.json", {"macros": [{"id": 1, "title": "G", "actions": actions}]})
    )

    assert [document.text for document in reading.documents] == ["Thank you."]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("macro", "problem"),
    [
        (5, "macro 2 is not a JSON object"),
        ({"id": 9, "title": "", "actions": []}, "macro 2 has no title"),
        ({"id": 9, "title": "T", "actions": {}}, "macro 2 has actions that are not a list"),
        (
            {"id": 9, "title": "T", "actions": [{"field": "comment_value", "value": 5}]},
            "macro 2 has a comment_value that is not text",
        ),
    ],
)
def test_a_row_that_is_no_macro_is_named(tmp_path: Path, macro: Any, problem: str) -> None:
    good = {"title": "G", "actions": [{"field": "comment_value", "value": "Fine."}]}
    if isinstance(macro, dict) and not macro["title"]:
        macro = macro | {"actions": good["actions"]}
    reading = read(saved(tmp_path / "macros.json", {"macros": [good, macro]}))

    assert [document.id for document in reading.documents] == ["macros.json/G"]
    assert said(reading)[0].startswith(f"error: {problem}")
