"""Reading rubrics: weights that sum to 100 %, and how each fault is named."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assist.errors import BadInput
from evals.rubrics.checks import CHECKS
from evals.rubrics.loading import load_rubric, packaged
from tests.evals.rubrics.builders import a_question, a_rubric

HEAD = {"id": "mine", "title": "Mine", "version": "2"}


def sections(*weights: Any) -> list[dict[str, Any]]:
    return [
        {"title": f"S{n}", "weight": weight, "questions": [a_question(f"q-{n}")]}
        for n, weight in enumerate(weights)
    ]


def wrong(folder: Path, **told: Any) -> str:
    """The error for a rubric with this in it."""
    file = folder / "r.yaml"
    file.write_text(yaml.safe_dump(HEAD | told), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_rubric(str(file))
    return str(caught.value).removeprefix(str(folder))


@pytest.mark.parametrize("name", ["chat", "email"])
def test_the_packaged_rubrics_are_whole_and_name_the_three_harms(name: str) -> None:
    rubric = load_rubric(name)
    assert sum(rubric.weights.values()) == 100
    assert {"invented-policy", "personal-data-leak", "over-authority-promise"} <= {
        item.id for item in rubric.auto_fails
    }
    assert rubric.pass_mark is not None
    assert {question.type for question in rubric.questions} == {"yes_no", "choice", "text"}
    answered = [item for item in rubric.items if item.check]
    assert len(answered) > len(rubric.items) / 2  # most of it needs nobody's opinion


def test_packaged_rubrics_are_known_by_name() -> None:
    assert packaged() == ("chat", "email")


@pytest.mark.parametrize(
    ("weights", "sum_"),
    [((40, 50), "90"), ((60.5, 39.6), "100.1"), ((33.33, 33.33, 33.33), "99.99")],
)
def test_sections_that_do_not_sum_to_100_are_refused_with_their_sum(
    tmp_path: Path, weights: tuple[float, ...], sum_: str
) -> None:
    said = wrong(tmp_path, sections=sections(*weights))
    assert f"the weights of the sections sum to {sum_} %, not 100 %" in said


def test_questions_that_do_not_sum_to_100_are_refused_with_section_and_sum(tmp_path: Path) -> None:
    two = [a_question("a", weight=50), a_question("b", weight=49.9)]
    said = wrong(tmp_path, sections=[{"title": "Tone", "weight": 100, "questions": two}])
    assert "the weights of the questions of 'Tone' sum to 99.9 %, not 100 %" in said
    assert said.startswith("/r.yaml:")


@given(st.lists(st.integers(1, 9_999), min_size=2, max_size=8))
def test_decimals_are_summed_exactly(cents: list[int]) -> None:
    """Floats would make 33.34 + 33.33 + 33.33 something else than 100."""
    parts = sorted(set(cents))
    cuts = [0, *parts, 10_000]
    weights = [float(Decimal(b - a) / 100) for a, b in pairwise(cuts)]
    rubric = a_rubric(sections=sections(*weights))
    assert sum(rubric.weights.values()) == 100


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (a_question(check="groundng"), "there is no check 'groundng'; known are approved"),
        (a_question(weight=0), "`weight` is missing"),
        (a_question(type="choice", check=None), "two or more, each with its `points`"),
        (a_question(type="text"), "a text is not scored"),
        (a_question(options=[{"id": "a", "points": 1}]), "`options` are for a choice"),
        (a_question(good="maybe"), "'yes' or 'no'"),
        (a_question(weight=float("nan")), "finite number"),
        (a_question(weight=101), "less than or equal to 100"),
        (a_question(colour="red"), "unknown key 'colour'"),
    ],
)
def test_each_fault_of_a_question_is_named_with_file_and_line(
    tmp_path: Path, question: dict[str, Any], said: str
) -> None:
    told = wrong(tmp_path, sections=[{"title": "S", "weight": 100, "questions": [question]}])
    assert said in told
    assert told.startswith("/r.yaml:")


def test_a_choice_has_no_check_for_a_check_answers_yes_or_no(tmp_path: Path) -> None:
    options = [{"id": "good", "points": 100}, {"id": "bad", "points": 0}]
    question = a_question(type="choice", options=options)
    said = wrong(tmp_path, sections=[{"title": "S", "weight": 100, "questions": [question]}])
    assert "a check answers yes or no" in said


def test_an_id_stands_once_in_questions_and_auto_fails(tmp_path: Path) -> None:
    item = {"id": "q-0", "ask": "Is it?", "check": "foreign-link"}
    assert "the id 'q-0' stands twice" in wrong(tmp_path, sections=sections(100), auto_fails=[item])


def test_a_section_of_texts_alone_counts_for_nothing() -> None:
    text = {"id": "coach", "ask": "What?", "type": "text"}
    parts = [*sections(100), {"title": "Notes", "weight": 0, "questions": [text]}]
    assert a_rubric(sections=parts).weights == {"q-0": Decimal(100)}
    with pytest.raises(ValidationError, match="has no scored question, and its weight is 10"):
        a_rubric(sections=[*sections(90), {"title": "N", "weight": 10, "questions": [text]}])


def test_bare_yes_and_no_are_words_and_not_booleans(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(
        yaml.safe_dump(HEAD | {"sections": sections(100)})
        + "auto_fails:\n- {id: harm, ask: Is it so, check: foreign-link, fails_on: no}\n",
        encoding="utf-8",
    )
    assert load_rubric(str(file)).auto_fails[0].fails_on == "no"


def test_a_name_that_is_no_rubric_and_a_file_that_is_none_are_said() -> None:
    with pytest.raises(BadInput, match=r"there is no rubric 'chatt'.*did you mean chat"):
        load_rubric("chatt")
    with pytest.raises(BadInput, match=r"gone\.yaml: cannot be read"):
        load_rubric("gone.yaml")


def test_every_check_says_what_its_yes_means_and_is_in_the_docs() -> None:
    page = (Path(__file__).parents[3] / "docs" / "evals.md").read_text(encoding="utf-8")
    for name, check in CHECKS.items():
        assert check.states, name
        assert f"| `{name}` | {check.states} |" in page
