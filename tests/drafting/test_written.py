"""What a model wrote is used sentence by sentence, and never without end."""

from collections.abc import Sequence

from assist.domain.checking import CheckedSentence
from assist.domain.draft import Sentence
from assist.drafting.written import LONGEST, body

FREE = "A trial of Fennwick Care lasts 30 days and ends by itself. [abcd]"


def taken(sentence: Sentence, _cited: Sequence[str]) -> CheckedSentence:
    """A checker that finds everything supported."""
    found = sentence.model_copy(update={"support": "supported"})
    return CheckedSentence(sentence=found, probability=1.0)


def texts_of(written: str) -> list[str]:
    found = body(written, ("abcd",), taken)
    return [sentence.text for block in found.blocks for sentence in block.sentences]


def test_a_sentence_said_sixty_times_is_said_once() -> None:
    assert texts_of(" ".join([FREE] * 60)) == [FREE.removesuffix(" [abcd]")]


def test_a_step_without_end_is_left_out_and_why_is_said() -> None:
    written = "1. " + " 1. ".join([FREE] * 60)
    assert texts_of(written) == []
    (reason,) = body(written, ("abcd",), taken).reasons
    assert reason.endswith(f"it has more than {LONGEST} words")


def test_a_sentence_of_ordinary_length_stays() -> None:
    assert texts_of(FREE) == ["A trial of Fennwick Care lasts 30 days and ends by itself."]
