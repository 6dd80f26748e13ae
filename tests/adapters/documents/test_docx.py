import io
import zipfile

import pytest

from assist.adapters.documents.converted import UnconvertibleError
from assist.adapters.documents.docx import OLE, read_docx
from tests.adapters.documents.samples import BAD, DOCX

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "<w:p><w:r><w:t>Fine.</w:t></w:r></w:p>"
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_docx(body: str = TEXT, before: str = "", **parts: str) -> bytes:
    """A Word document with this body, and other parts by path with `__` for the slash."""
    held = {
        "_rels/.rels": f'<Relationships xmlns="{RELATED}"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>",
    } | {name.replace("__", "/"): text for name, text in parts.items()}
    return zipped(held)


def zipped(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def locked(data: bytes) -> bytes:
    """The archive with its first part marked as encrypted, in both places that say so."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def test_the_sample_keeps_its_headings_lists_table_and_links() -> None:
    made = read_docx(DOCX.read_bytes())

    assert (made.title, made.language) == ("Prepare your home for a planned power cut", "en-GB")
    lines = made.text.splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# Prepare your home for a planned power cut",
        "## What still works without mains power",
        "## Before the power cut",
        "### Run the Hub 2 from a power bank",
        "### Leave the house safe",
        "## Afterwards",
    ]
    assert "2. Charge the power bank fully on the evening before." in lines
    assert "  - Frost guard is the setting with the snowflake." in lines
    assert "| Device | Without mains power | When the power is back |" in lines
    assert "| Plug 2 | Off | Stays off until you switch it on |" in lines
    link = "(https://help.fennwick.example/articles/after-a-power-cut)"
    assert f"follow [the steps for devices after a power cut]{link}." in made.text
    assert "print copy" not in made.text


def test_the_first_heading_is_the_title_of_a_document_without_one() -> None:
    style = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
    body = f"<w:p>{style}<w:r><w:t>Reset &lt;it&gt;</w:t></w:r></w:p>{TEXT}"

    made = read_docx(a_docx(body))

    assert (made.title, made.text) == ("Reset <it>", "## Reset <it>\n\nFine.")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ((BAD / "encrypted.docx").read_bytes(), "is encrypted with a password"),
        (OLE + b"\x00" * 500, "is a .doc file under another name"),
        (b"PK\x03\x04 and then something else", "is not a whole Word document"),
        (DOCX.read_bytes()[:20_000], "is not a whole Word document"),
        (a_docx("<w:p>"), "is not a whole Word document"),
        (zipped({"notes.txt": "x"}), "is a zip archive, not a Word document"),
        (a_docx(" " * 100_000_001), "unpacks to 1000.* bytes"),
        (a_docx(**{f"p{number}": "" for number in range(5_000)}), "in 5002 parts"),
        (locked(a_docx()), "is a zip archive with a password"),
        (a_docx(before='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares XML entities"),
    ],
)
def test_what_is_no_document_is_refused_with_the_cause(data: bytes, problem: str) -> None:
    with pytest.raises(UnconvertibleError, match=problem) as caught:
        read_docx(data)
    assert caught.value.cure


def test_entities_are_found_in_any_encoding() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    data = io.BytesIO(a_docx())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/styles.xml", xml.encode("utf-16"))

    with pytest.raises(UnconvertibleError, match="declares XML entities"):
        read_docx(data.getvalue())
