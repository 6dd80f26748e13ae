from datetime import date
from pathlib import Path

import pytest

from assist.adapters.documents import DocumentSource
from assist.domain.knowledge import Kind
from assist.errors import BadKnowledgeBase
from assist.ports import Reading


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def read(path: Path, kind: Kind | None = None) -> Reading:
    return DocumentSource().read(path, kind)


def said(reading: Reading) -> list[str]:
    return [f"{p.severity} {Path(p.where).name}: {p.problem}" for p in reading.problems]


def test_a_kb_root_gives_articles_policies_and_the_company_files_verbatim(tmp_path: Path) -> None:
    sla = "matrix:\n  high: [P1]  # kept as typed\n"
    root = write(
        tmp_path,
        {
            "articles/reset.md": "# Reset the hub\n\nHold the button.",
            "policies/returns.md": "---\nid: returns\n---\nSend it back.",
            "precedents/old.md": "Solved by a reset.",
            "sla.yaml": sla,
            "README.md": "# The format",
            "tickets/sample.md": "A ticket",
        },
    )

    reading = read(root)

    assert {d.id: (d.kind, d.audience) for d in reading.documents} == {
        "articles/reset.md": ("kb", "customer"),
        "returns": ("policy", "internal"),
        "precedents/old.md": ("precedent", "internal"),
    }
    assert reading.files == {"sla.yaml": sla}
    assert reading.problems == ()


def test_a_folder_of_markdown_is_read_with_relative_paths_as_ids(tmp_path: Path) -> None:
    root = write(tmp_path, {"README.md": "# Hello", "a/b/deep.md": "x", "note.txt": "# y"})

    reading = read(root)

    assert {d.id: d.title for d in reading.documents} == {
        "README.md": "Hello",
        "a/b/deep.md": "deep",
        "note.txt": "note",
    }


def test_front_matter_becomes_attributes_and_other_keys_stay_as_metadata(tmp_path: Path) -> None:
    text = (
        "---\nid: 0042\ntitle: Ports\nversion: 1.10\nregions: [US, UK]\nproducts: Hub\n"
        "audience: internal\neffective: 2026-01-01\nreviewer: Ana\n---\n\nThe body.\n"
    )

    (document,) = read(write(tmp_path, {"ports.md": text})).documents

    assert (document.id, document.title, document.version) == ("0042", "Ports", "1.10")
    assert (document.regions, document.products) == (("US", "UK"), ("Hub",))
    assert (document.audience, document.effective) == ("internal", date(2026, 1, 1))
    assert document.text == "The body."
    assert document.front_matter["reviewer"] == "Ana"
    assert document.front_matter["effective"] == "2026-01-01"


@pytest.mark.parametrize(
    ("front_matter", "line", "problem"),
    [
        ("title: A\nregions: {a: b}\n", 3, "regions must be a list of words"),
        ("kind: faq\n", 2, "kind must be one of kb, policy, precedent, not 'faq'"),
        ("title: A\neffective: soon\n", 3, "effective must be a date like 2026-01-31, not 'soon'"),
        ("effective: 2026-02-01\nexpires: 2026-01-01\n", 3, "expires must be after effective"),
        ("title: A\ntags: [a\n", 4, "not YAML"),
        ("title: A\ntitle: B\n", 3, "the key 'title' stands twice"),
        ("clauses:\n - when: 'true'\n   when: 'false'\n", 4, "the key 'when' stands twice"),
        ("a: &x [1]\nb: *x\n", 3, "an alias (*name) is used"),
        ("1: one\n", 2, "the key 1 is not text"),
        ("size: .nan\n", 2, "size is not a finite number"),
        ("id: ''\n", 2, "id must not be empty"),
    ],
)
def test_broken_front_matter_is_named_with_its_line_and_the_rest_is_read(
    tmp_path: Path, front_matter: str, line: int, problem: str
) -> None:
    broken = f"---\n{front_matter}---\nBody"
    root = write(tmp_path, {"bad.md": broken, "good.md": "Fine."})

    reading = read(root)

    assert [d.id for d in reading.documents] == ["good.md"]
    (named,) = reading.problems
    assert named.where == f"{root / 'bad.md'}:{line}"
    assert named.problem.startswith(problem)
    assert named.cure
    assert reading.skipped_sources == ((root / "bad.md").as_posix(),)


def test_every_part_of_the_front_matter_has_its_line_in_the_file(tmp_path: Path) -> None:
    text = "---\nid: a\ntags: [x,\n  y]\nclauses:\n  - id: a.1\n    when: 'true'\n---\nBody"

    (document,) = read(write(tmp_path, {"a.md": text})).documents

    assert document.front_matter_lines == {
        "id": 2,
        "tags": 3,
        "tags.0": 3,
        "tags.1": 4,
        "clauses": 5,
        "clauses.0": 6,
        "clauses.0.id": 6,
        "clauses.0.when": 7,
    }


def test_lines_are_not_part_of_what_is_stored_or_hashed(tmp_path: Path) -> None:
    one = read(write(tmp_path, {"a.md": "---\nid: a\ntags: [x]\n---\nBody"})).documents[0]
    two = read(write(tmp_path, {"a.md": "---\ntags: [x]\n\nid: a\n---\nBody"})).documents[0]

    assert one.front_matter_lines != two.front_matter_lines
    assert "front_matter_lines" not in one.model_dump()
    assert one.content_hash == two.content_hash


def test_a_broken_file_also_keeps_the_document_whose_id_it_still_shows(tmp_path: Path) -> None:
    root = write(tmp_path, {"bad.md": "---\nid: reset\ntags: [a\n---\nBody", "good.md": "x"})

    assert read(root).skipped_ids == ("reset",)


def test_a_text_that_opens_with_a_rule_is_not_front_matter(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path, {"a.md": "---\nJust text.\n\n---\nMore."})).documents

    assert document.text.startswith("---\nJust text.")
    assert document.front_matter == {}


def test_front_matter_that_is_never_closed_is_named(tmp_path: Path) -> None:
    reading = read(write(tmp_path, {"bad.md": "---\ntitle: A\n\nBody", "good.md": "x"}))

    assert said(reading) == ["error bad.md:1: the front matter opened here is never closed"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"line\nabc\x81\xff", "error bad.md:2: is not UTF-8 text"),
        (b"line\ncaf\xe9", "error bad.md:2: is not UTF-8 text; it looks like Windows-1252"),
        (b"line\n\x00\x01", "error bad.md:2: is binary (holds a NUL byte)"),
        ("text".encode("utf-32"), "error bad.md:1: is UTF-32, not UTF-8"),
        (b"\xff\xfea", "error bad.md: is not whole UTF-16"),
    ],
)
def test_what_is_not_utf_8_text_is_named_and_the_rest_is_read(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    reading = read(write(tmp_path, {"bad.md": data, "good.md": "Fine."}))

    assert said(reading) == [problem]
    assert [d.id for d in reading.documents] == ["good.md"]


def test_a_file_over_the_limit_is_named_and_not_read(tmp_path: Path) -> None:
    root = write(tmp_path, {"good.md": "Fine."})
    with (root / "huge.md").open("wb") as file:
        file.truncate(20_000_001)

    reading = read(root)

    assert said(reading) == ["error huge.md: has 20000001 bytes; at most 20000000 are read"]


def test_line_ends_and_byte_order_marks_do_not_change_a_document(tmp_path: Path) -> None:
    unix = write(tmp_path / "unix", {"kb/a.md": "# A\n\nText.\n"})
    windows = write(tmp_path / "windows", {"kb/a.md": b"\xef\xbb\xbf# A\r\n\r\nText.\r\n"})

    (one,), (two,) = read(unix / "kb").documents, read(windows / "kb").documents

    assert one.model_dump(exclude={"source", "content_hash"}) == two.model_dump(
        exclude={"source", "content_hash"}
    )


def test_links_out_of_the_folder_are_refused_and_hidden_files_left_alone(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside", {"secret.md": "secret", "dir/other.md": "other"})
    root = write(tmp_path / "kb", {"a.md": "A", ".hidden.md": "h", ".git/x.md": "x"})
    (root / "link.md").symlink_to(secret / "secret.md")
    (root / "linked").symlink_to(secret / "dir")
    (root / "again.md").symlink_to(root / "a.md")
    (root / "loop").symlink_to(root)
    (root / "gone.md").symlink_to(root / "absent.md")
    (root / "self.md").symlink_to(root / "self.md")

    reading = read(root)

    assert [d.id for d in reading.documents] == ["a.md", "again.md"]
    assert said(reading) == [
        "error gone.md: is a link that leads nowhere",
        "error link.md: is a link that leads out of the folder",
        "error linked: is a link that leads out of the folder",
        "error self.md: is a link that leads nowhere",
    ]


def test_two_files_with_one_id_keep_the_first_and_name_the_second(tmp_path: Path) -> None:
    same = "---\nid: same\n---\n"
    reading = read(write(tmp_path, {"a.md": same + "first", "b.md": same + "second"}))

    assert [d.text for d in reading.documents] == ["first"]
    assert said(reading)[0].startswith("error b.md: the id 'same' is already used at")


def test_an_empty_article_is_a_warning_and_still_a_document(tmp_path: Path) -> None:
    reading = read(write(tmp_path, {"empty.md": "---\ntitle: Later\n---\n  \n", "a.md": "A"}))

    assert [(d.id, d.text) for d in reading.documents] == [("a.md", "A"), ("empty.md", "")]
    assert said(reading) == ["warning empty.md: holds no text"]


def test_unknown_company_files_and_formats_not_read_are_warnings(tmp_path: Path) -> None:
    root = write(tmp_path, {"articles/a.md": "A", "fact.yaml": "x: 1", "articles/b.odt": b"PK"})

    assert said(read(root)) == [
        "warning fact.yaml: is not one of the company's files",
        f"warning {root.name}: 1 .odt file is not read",
    ]


def test_a_company_file_that_is_no_text_is_named_and_its_earlier_version_kept(
    tmp_path: Path,
) -> None:
    reading = read(write(tmp_path, {"sla.yaml": b"\xff", "articles/a.md": "A"}))

    assert reading.files == {}
    assert reading.skipped_ids == ("sla.yaml",)


def test_the_kind_given_stands_where_a_document_names_none(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.md": "A", "b.md": "---\nkind: kb\n---\nB"})

    assert {d.id: d.kind for d in read(root, "policy").documents} == {
        "a.md": "policy",
        "b.md": "kb",
    }


def test_one_file_is_a_knowledge_base_of_one(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.md": "# A\n\nText."})

    reading = read(root / "a.md")

    assert [d.id for d in reading.documents] == ["a.md"]
    assert reading.root == (root / "a.md").as_posix()


def test_the_hash_changes_with_what_matters_and_with_nothing_else(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.md": "---\ntags: [x]\nid: a\n---\nText."})
    first = read(root).documents[0].content_hash
    write(root, {"a.md": "---\nid: a\ntags: [x]\n---\nText."})
    reordered = read(root).documents[0].content_hash
    write(root, {"a.md": "---\nid: a\ntags: [y]\n---\nText."})

    assert first == reordered
    assert first != read(root).documents[0].content_hash


def test_nothing_to_read_is_an_error_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledgeBase, match="no such file or folder"):
        read(tmp_path / "absent")
    with pytest.raises(BadKnowledgeBase, match="holds no documents"):
        read(tmp_path)
    write(tmp_path, {"photo.png": b"\x89PNG"})
    with pytest.raises(BadKnowledgeBase, match="not a kind of file we read"):
        read(tmp_path / "photo.png")


def test_a_folder_in_which_everything_is_broken_is_an_error_naming_the_first(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"a.md": b"\xff", "b.md": b"\x00"})

    with pytest.raises(BadKnowledgeBase, match=r"not UTF-8 text.*, and 1 more problem") as caught:
        read(tmp_path)
    assert caught.value.where == f"{tmp_path / 'a.md'}:1"
