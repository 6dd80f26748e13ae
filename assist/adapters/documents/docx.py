"""DOCX -> Markdown with its headings, lists, tables and links.

Word's XML becomes HTML by mammoth, the engine inside markitdown, and goes the way of HTML from
there, so that tables and links are read alike. Before anything is unpacked, the container is
checked: it declares how large its parts are, and Python reads no more than it declares.
"""

import io
import re
import zipfile
from xml.etree.ElementTree import ParseError, fromstring
from xml.parsers.expat import ExpatError

from assist.adapters.documents.converted import Converted, UnconvertibleError, given_title
from assist.adapters.documents.html import heading_of, markdown_of

MAX_UNPACKED = 100_000_000
"""Bytes of XML in a document: a book of a thousand pages has a tenth of it."""
MAX_PARTS = 5_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Microsoft's older container begins: .doc files, and .docx files with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STYLES = "p[style-name='Title'] => h1.title:fresh\np[style-name='Subtitle'] => p:fresh"
_HEADING = re.compile(r"<(/?)h([1-5])>")
_BODY = "word/document.xml"
_CORE = "docProps/core.xml"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def read_docx(data: bytes) -> Converted:
    """The document; its pictures are dropped. Raises `UnconvertibleError`."""
    if data.startswith(OLE):
        raise _old_container(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            title, language = _properties(archive)
        html, pictures = _html(data)
    except (zipfile.BadZipFile, KeyError, ParseError, ExpatError) as error:
        raise UnconvertibleError(
            f"is not a whole Word document: {error}", "save it again in Word"
        ) from error
    text = markdown_of(html)
    if not text and pictures:
        raise UnconvertibleError(
            "holds only pictures", "write down what they show, or run text recognition (OCR)"
        )
    return Converted(text, title or heading_of(html), language)


def _old_container(data: bytes) -> UnconvertibleError:
    if _ENCRYPTED in data:
        return UnconvertibleError("is encrypted with a password", "save it without a password")
    return UnconvertibleError(
        "is a .doc file under another name", "open it in Word and save it as .docx"
    )


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what would not be a document, or far more than one."""
    parts = archive.infolist()
    if not any(part.filename == _BODY for part in parts):
        raise UnconvertibleError("is a zip archive, not a Word document", "save it again in Word")
    unpacked = sum(part.file_size for part in parts if not part.filename.startswith("word/media/"))
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise UnconvertibleError(
            f"unpacks to {unpacked} bytes in {len(parts)} parts; at most {MAX_UNPACKED} in "
            f"{MAX_PARTS} are read",
            "split the document",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnconvertibleError("is a zip archive with a password", "save it without a password")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _refuse_declarations(archive.read(part))


def _refuse_declarations(xml: bytes) -> None:
    """Word writes no document type; one that is there declares entities that multiply."""
    plain = xml.replace(b"\x00", b"").upper()  # as in UTF-16
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnconvertibleError(
            "declares XML entities, which no Word document does", "save it again in Word"
        )


def _properties(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Title and language, where the document names them."""
    if _CORE not in archive.namelist():
        return "", ""
    core = fromstring(archive.read(_CORE))  # noqa: S314  declarations are refused above
    return (
        given_title(core.findtext(f"{_DUBLIN}title") or ""),
        (core.findtext(f"{_DUBLIN}language") or "").strip(),
    )


def _html(data: bytes) -> tuple[str, int]:
    """The document as HTML, and how many pictures were left out."""
    import mammoth

    pictures: list[None] = []

    def drop(_: object) -> list[object]:
        pictures.append(None)
        return []

    made = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=drop,
    )
    return _below_title(made.value), len(pictures)


def _below_title(html: str) -> str:
    """With a title of its own, the headings of the document stand one level below it."""
    if '<h1 class="title">' not in html:
        return html
    lower = _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", html)
    return re.sub(r'(<h1 class="title">.*?)</h2>', r"\1</h1>", lower, flags=re.DOTALL)
