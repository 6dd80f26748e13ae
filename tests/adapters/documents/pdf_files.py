"""Small PDF files made by hand: a line of text, or a picture, on each page."""

from io import BytesIO

_RESOURCES = b"<< /Font << /F 3 0 R >> /XObject << /P 4 0 R >> >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)


def a_pdf(*texts: str, filtered: bytes | None = None) -> bytes:
    """A page for each text; an empty one shows a picture.

    `filtered` is the compressed content of one more page.
    """
    pages = [_shown(text) for text in texts]
    if filtered is not None:
        pages.append(_stream(filtered, b"/Filter /FlateDecode"))
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        _FONT,
        _PICTURE,
    ]
    for number, content in enumerate(pages):
        keys = b"/Parent 2 0 R /MediaBox [0 0 600 800] /Resources " + _RESOURCES
        shown = first + 2 * number + 1
        objects += [b"<< /Type /Page %s /Contents %d 0 R >>" % (keys, shown), content]
    return _file(objects)


def _shown(text: str) -> bytes:
    drawn = b"BT /F 12 Tf 72 600 Td (%s) Tj ET" % text.encode("ascii")
    return _stream(drawn if text else b"500 0 0 700 50 50 cm /P Do")


def _stream(content: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), keys, content)


def _file(objects: list[bytes]) -> bytes:
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (count, start))
    return out.getvalue()
