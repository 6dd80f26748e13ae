"""Which reader reads what, by suffix, folder and content."""

import json
import shutil
from pathlib import Path

import pytest

from assist.adapters.documents import DocumentSource
from assist.domain.knowledge import Document, Kind
from assist.errors import BadKnowledgeBase
from assist.ports import Reading
from tests.adapters.documents.samples import BAD, DOCX, HTML, PDF, TWO_COLUMNS

EXPORT = json.dumps(
    {"articles": [{"id": 7, "title": "Reset", "body": "<p>Hold it.</p>", "locale": "en-us"}]}
)
SAYS = {"field": "comment_value", "value": "Thank you for waiting."}
MACROS = json.dumps({"macros": [{"id": 5, "title": "Thanks", "active": True, "actions": [SAYS]}]})
TICKET = {
    "id": "t-9",
    "subject": "Hub",
    "description": "It is off.",
    "resolution": "Reset it.",
    "status": "solved",
}
CSV = ",".join(TICKET) + "\n" + ",".join(TICKET.values()) + "\n"


def read(path: Path, kind: Kind | None = None) -> Reading:
    return DocumentSource().read(path, kind)


def put(root: Path, **files: str) -> Path:
    """Files by path with `__` for the slash and `_` for the dot of the suffix."""
    for name, text in files.items():
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        path = root / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def by_id(reading: Reading) -> dict[str, Document]:
    return {document.id: document for document in reading.documents}


def test_each_format_is_read_with_its_relative_path_as_id(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for sample, name in ((HTML, "a/x.HTM"), (PDF, "y.pdf"), (DOCX, "a/z.docx")):
        shutil.copy(sample, tmp_path / name)

    found = by_id(read(tmp_path))

    assert {name: (document.title, document.language) for name, document in found.items()} == {
        "a/x.HTM": ("Use Fennwick devices on a guest network", "en-US"),
        "y.pdf": ("Look after outdoor devices in winter", "en"),
        "a/z.docx": ("Prepare your home for a planned power cut", "en-GB"),
    }
    assert found["a/x.HTM"].products == ("Hub 2", "Camera 3")


def test_the_folder_of_a_kb_root_decides_the_kind_of_any_format(tmp_path: Path) -> None:
    for folder in ("articles", "policies"):
        (tmp_path / folder).mkdir()
        shutil.copy(HTML, tmp_path / folder / "a.html")

    found = by_id(read(tmp_path))

    assert [(d.kind, d.audience) for d in found.values()] == [
        ("kb", "customer"),
        ("policy", "internal"),
    ]


def test_a_file_given_alone_is_read(tmp_path: Path) -> None:
    assert [d.id for d in read(TWO_COLUMNS).documents] == [TWO_COLUMNS.name]
    assert read(PDF, "policy").documents[0].kind == "policy"


def test_a_page_says_in_meta_tags_what_front_matter_would(tmp_path: Path) -> None:
    meta = '<meta name="assist:audience" content="{}"><p>Text'
    put(tmp_path, a_html=meta.format("internal"), b_html=meta.format("friends"))

    reading = read(tmp_path)

    assert by_id(reading)["a.html"].audience == "internal"
    assert [p.problem for p in reading.problems] == [
        "meta assist:audience must be one of customer, internal, not 'friends'"
    ]


def test_a_file_that_cannot_be_converted_keeps_what_was_read_from_it_before(tmp_path: Path) -> None:
    shutil.copy(BAD / "corrupt.pdf", tmp_path)
    put(tmp_path, good_md="Fine.")

    assert read(tmp_path).skipped_sources == ((tmp_path / "corrupt.pdf").as_posix(),)


def test_a_bad_file_given_alone_is_an_error_with_its_cause_and_cure() -> None:
    with pytest.raises(BadKnowledgeBase, match="is encrypted with a password") as caught:
        read(BAD / "encrypted.docx")
    assert caught.value.cure == "save it without a password"


def test_a_title_falls_back_to_the_name_of_the_file(tmp_path: Path) -> None:
    assert read(put(tmp_path, hub_html="<p>Text")).documents[0].title == "hub"


def test_exports_of_a_helpdesk_are_read_where_they_belong(tmp_path: Path) -> None:
    put(
        tmp_path,
        articles__center_json=EXPORT,
        macros__thanks_md="Thank you for writing.",
        macros__more_json=MACROS,
        precedents__old_csv=CSV,
        precedents__older_jsonl=json.dumps(TICKET | {"id": "t-8"}),
        tickets__sample_json=EXPORT,
        ticket__template_yaml="fields: []",
    )
    (tmp_path / "ticket/template.yaml").rename(tmp_path / "ticket_template.yaml")

    reading = read(tmp_path)

    assert {d.id: d.kind for d in reading.documents} == {
        "7": "kb",
        "macros/thanks.md": "kb",
        "5": "kb",
        "t-9": "precedent",
        "t-8": "precedent",
    }
    assert reading.files == {"ticket_template.yaml": "fields: []"}
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("name", "text", "document_id"),
    [
        ("center_json", EXPORT, "7"),
        ("macros_json", MACROS, "5"),
        ("solved_csv", CSV, "t-9"),
        ("solved_jsonl", json.dumps(TICKET), "t-9"),
        ("rows_jsonl", '{"_id": "r", "text": "Row."}', "r"),
        ("corpus_jsonl", json.dumps(TICKET | {"text": "Row."}), "t-9"),
    ],
)
def test_an_export_given_alone_is_told_by_what_it_holds(
    tmp_path: Path, name: str, text: str, document_id: str
) -> None:
    put(tmp_path, **{name: text})

    (document,) = read(tmp_path / name.replace("_", ".")).documents

    assert document.id.endswith(document_id)


@pytest.mark.parametrize(("name", "text"), [("a_json", "{}"), ("a_csv", "x,y\n1,2\n")])
def test_a_file_that_is_no_export_is_an_error_with_a_cure(
    tmp_path: Path, name: str, text: str
) -> None:
    put(tmp_path, **{name: text})

    with pytest.raises(BadKnowledgeBase, match="no export of articles, macros or solved tickets"):
        read(tmp_path / name.replace("_", "."))


def test_formats_that_are_not_read_are_counted_with_the_cure(tmp_path: Path) -> None:
    reading = read(put(tmp_path, a_md="A", b_odt="x", c_odt="x", d_csv="x,y"))

    assert [(p.problem, p.severity) for p in reading.problems] == [
        ("1 .csv file is not read", "warning"),
        ("2 .odt files are not read", "warning"),
    ]
    assert all(p.cure for p in reading.problems)
