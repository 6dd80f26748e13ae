import pytest

from assist.adapters.documents.converted import UnconvertibleError
from assist.adapters.documents.pdf import MAX_PAGES, read_pdf
from tests.adapters.documents.pdf_files import a_pdf
from tests.adapters.documents.samples import BAD, PDF, TWO_COLUMNS


def nothing() -> None:
    pass


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def test_the_sample_keeps_its_headings_lists_table_and_links() -> None:
    made = read_pdf(PDF.read_bytes(), nothing)

    assert (made.title, made.language) == ("Look after outdoor devices in winter", "en")
    assert headings(made.text) == [
        "# Look after outdoor devices in winter",
        "## What cold does to a battery",
        "## Before the first frost",
        "### Things to have at hand",
        "### Prepare the Doorbell 1",
        "## When there is ice on the lens",
    ]
    lines = made.text.splitlines()
    assert "- A soft brush without metal parts." in lines
    assert "  - Replace the bag when its beads have turned pink." in lines
    assert "2. Charge it indoors until the ring is solid green." in lines
    assert "| Temperature | Battery of the Doorbell 1 | Night view of the Camera 3 |" in lines
    frost = "| -10 °C to 0 °C | About 6 weeks on one charge | The picture starts 3 seconds later |"
    assert frost in lines
    assert made.text.count("About 6 weeks") == 1
    link = "(https://help.fennwick.example/articles/lens-heating)"
    assert f"are in the [guide to lens heating]{link}." in made.text
    assert "contacts of the doorbell apart and a doorbell that" in made.text


def test_two_columns_are_read_one_after_the_other_without_what_every_page_repeats() -> None:
    made = read_pdf(TWO_COLUMNS.read_bytes(), nothing)

    assert headings(made.text) == [
        "# Fennwick Home for hosts of holiday rentals",
        *("## Rights of a guest", "## Cameras", "## Between two stays"),
        *("## Heating that does not run away", "## Noise", "## Before you publish a listing"),
        *("## If a guest takes a device along", "## Power and network"),
    ]
    assert "| Leak Sensor 1 | silence the alarm | turn the sensor off |" in made.text
    assert "4. Create the code for the next booking and send it with the house rules." in made.text
    for repeated in ("Guide for hosts", "FW-HG", "Page 1", "of 2"):
        assert repeated not in made.text


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    text = read_pdf(TWO_COLUMNS.read_bytes(), nothing).text

    assert all(part.rstrip()[-1] in ".|" or part.startswith("#") for part in text.split("\n\n"))


def test_each_page_says_that_the_reading_goes_on() -> None:
    pages: list[None] = []

    read_pdf(TWO_COLUMNS.read_bytes(), lambda: pages.append(None))

    assert len(pages) == 2


def test_pages_that_are_only_pictures_are_named_beside_those_that_are_read() -> None:
    made = read_pdf(a_pdf("Hold the button.", ""), nothing)

    assert made.text == "Hold the button."
    assert made.notes == ("1 page is only a picture and is not read: 2",)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ((BAD / "encrypted.pdf").read_bytes(), "is encrypted and needs a password"),
        ((BAD / "corrupt.pdf").read_bytes(), "is not a whole PDF"),
        ((BAD / "scanned.pdf").read_bytes(), "holds only pictures of its pages"),
        (b"%PDF-1.7\nand nothing more", "is not a whole PDF"),
        (b"just text", "is not a PDF file"),
        (a_pdf(*["x"] * (MAX_PAGES + 1)), "has 2001 pages; at most 2000"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_cause(data: bytes, problem: str) -> None:
    with pytest.raises(UnconvertibleError, match=problem) as caught:
        read_pdf(data, nothing)
    assert caught.value.cure
