from pathlib import Path

import pytest

from assist.adapters.embedding.model_card import languages_of


@pytest.mark.parametrize(
    ("card", "languages"),
    [
        ("---\nlanguage: en\nlicense: mit\n---\n# A model\n", ("en",)),
        ("---\nlicense: mit\nlanguage:\n- multilingual\n- 'no'\n- de\ntags: [x]\n---\n",
         ("multilingual", "no", "de")),
        ("---\nlanguage: [no, sv]\n---\n", ("no", "sv")),
        ("---\nlanguage:\n  - fr\n\n  - it\nmodel-index: {{broken\n---\n", ("fr", "it")),
        ("---\nlanguage:\n---\n", ()),
        ("---\nlanguage: [broken\n---\n", ()),
        ("---\nlicense: mit\n---\nlanguage: en\n", ()),
        ("# No front matter\nlanguage: en\n", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_a_card_says_which_languages_its_model_reads(
    tmp_path: Path, card: str, languages: tuple[str, ...]
) -> None:
    (tmp_path / "README.md").write_text(card, "utf-8")
    assert languages_of(tmp_path) == languages


def test_a_folder_without_a_card_says_nothing(tmp_path: Path) -> None:
    assert languages_of(tmp_path) == ()
