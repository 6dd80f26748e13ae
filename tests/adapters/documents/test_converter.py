"""Files that hurt their reader: bounds of time and memory, and a reader that dies."""

import zlib
from pathlib import Path

import psutil
import pytest

from assist.adapters.documents.conversion import READERS, convert
from assist.adapters.documents.converted import UnconvertibleError
from assist.adapters.documents.converter import Converter, Limits
from tests.adapters.documents.pdf_files import a_pdf
from tests.adapters.documents.samples import DOCX, HTML, PDF


def readers_running() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if any("conversion" in a for a in p.cmdline())]


def a_bomb(folder: Path) -> Path:
    """A PDF of 300 kB whose one page unpacks to 300 MB."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(b" " * 10**7) for _ in range(30)) + packer.flush()
    path = folder / "bomb.pdf"
    path.write_bytes(a_pdf(filtered=packed))
    return path


def test_one_process_reads_all_files_and_ends_with_the_reading() -> None:
    with Converter() as converter:
        made = [converter.convert(path) for path in (PDF, HTML, DOCX)]
        assert len(readers_running()) == 1

    assert all(text.text for text in made)
    assert readers_running() == []


def test_a_converter_that_is_not_needed_starts_nothing() -> None:
    with Converter():
        assert readers_running() == []


def test_a_file_that_takes_more_memory_than_it_may_is_named_and_the_next_is_read(
    tmp_path: Path,
) -> None:
    with Converter(Limits(memory=350 * 1024**2)) as converter:
        with pytest.raises(UnconvertibleError, match="needs more memory than a document may"):
            converter.convert(a_bomb(tmp_path))
        assert converter.convert(PDF).title == "Look after outdoor devices in winter"


def test_a_file_that_takes_too_long_is_named_and_its_reader_ended() -> None:
    with Converter(Limits(silent_seconds=0.01)) as converter:
        with pytest.raises(UnconvertibleError, match="takes too long to read"):
            converter.convert(PDF)
        assert readers_running() == []


def test_a_reader_that_dies_is_named_and_the_next_file_is_read() -> None:
    with Converter() as converter:
        converter.convert(PDF)
        for process in readers_running():
            process.kill()
        with pytest.raises(UnconvertibleError, match="exit status -9"):
            converter.convert(PDF)
        assert converter.convert(PDF).title == "Look after outdoor devices in winter"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("empty.pdf", b"", "is empty"),
        ("blank.docx", b" \n", "is empty"),
        ("script.html", b"<script>go()</script>", "holds no text"),
        ("silent.pdf", a_pdf(" "), "holds no text"),
        ("gone.pdf", None, "cannot be read: No such file"),
    ],
)
def test_what_holds_nothing_is_named(
    tmp_path: Path, name: str, data: bytes | None, problem: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)

    with pytest.raises(UnconvertibleError, match=problem):
        convert(tmp_path / name, lambda: None)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_noise_under_any_suffix_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"noise{suffix}"
    path.write_bytes(b"%PDF-1.7 PK\x03\x04" + bytes(range(256)) * 50)

    with pytest.raises(UnconvertibleError) as caught:
        convert(path, lambda: None)
    assert caught.value.cure
