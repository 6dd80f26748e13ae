import json
from pathlib import Path

import pytest

from assist.adapters.privacy.redactor import PatternRedactor
from assist.adapters.privacy.spans import Found
from assist.errors import BadInput
from evals.bench.sets import evalsets_folder
from evals.privacy.items import SET, Item, Span, load_items
from evals.privacy.scoring import score, share

LEAST = 0.95
"""Recall that is promised for numbers and addresses with a shape."""
PROMISED = ["EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS", "US_SSN", "PHONE_NUMBER"]


def item(text: str, *spans: tuple[int, int, str]) -> Item:
    marked = tuple(Span(start=a, end=b, type=kind, value=text[a:b]) for a, b, kind in spans)
    return Item(id="1", text=text, template=1, spans=marked)


def test_a_span_counts_as_hidden_when_nothing_of_it_is_left() -> None:
    scores = score([item("Bo Berg (Bo)", (0, 7, "PERSON"), (8, 12, "PERSON"))], find_bo)

    assert (scores.recall["PERSON"].hits, scores.recall["PERSON"].n) == (1, 2)


def test_a_find_is_right_when_a_span_of_its_type_is_there() -> None:
    scores = score(
        [item("Bo Berg", (0, 2, "PERSON")), item("Bo Berg", (0, 2, "EMAIL_ADDRESS"))], find_bo
    )

    assert (scores.precision["PERSON"].hits, scores.precision["PERSON"].n) == (1, 2)


def find_bo(text: str) -> list[Found]:
    return [Found(at, at + 2, "PERSON") for at in range(len(text)) if text.startswith("Bo", at)]


def test_the_interval_of_a_share_is_wilsons() -> None:
    one = share([True] * 9 + [False])

    assert (round(one.low, 3), round(one.high, 3)) == (0.596, 0.982)


def test_an_absent_set_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSIST_EVALSETS", str(tmp_path))
    with pytest.raises(BadInput, match="ASSIST_EVALSETS"):
        load_items()


def test_a_broken_item_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSIST_EVALSETS", str(tmp_path))
    (tmp_path / SET).mkdir()
    (tmp_path / SET / "items.jsonl").write_text(json.dumps({"id": "1"}), encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be read"):
        load_items()


def test_what_has_a_shape_is_found_in_texts_of_others() -> None:
    if not (evalsets_folder() / SET).is_dir():
        pytest.skip(f"no set {SET} below {evalsets_folder()} (set ASSIST_EVALSETS)")
    scores = score(load_items(), PatternRedactor().find)

    for kind in PROMISED:
        found = scores.recall[kind]
        assert found.hits >= LEAST * found.n, kind
    for kind in ("EMAIL", "CARD", "IBAN", "IP", "SSN", "PHONE"):
        right = scores.precision[kind]
        assert right.hits >= LEAST * right.n, kind
