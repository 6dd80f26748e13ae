"""What a run records of what it was made with, and what makes two cases the same."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from assist.domain.endpoint import ChatSettings
from assist.settings import Settings
from evals.running.fingerprints import of_case, of_files
from evals.running.versions import prompts, versions_of
from tests.evals.builders import a_case

MODEL = ChatSettings(
    base_url="https://user:secret@llm.example.com/v1",
    api_key=SecretStr("sk-hidden"),
    model="large",
    models={"judge": "other"},
)


def test_the_models_of_each_role_are_recorded_and_no_secret_is() -> None:
    settings = Settings(llm=MODEL)
    found = versions_of("suggestions", cases="c", seed=3, settings=settings)
    assert found.models == {
        "understand": "large", "propose": "large", "draft": "large", "judge": "other",
    }  # fmt: skip
    assert "secret" not in found.model_dump_json()
    assert "sk-hidden" not in found.model_dump_json()
    assert "llm.example.com" in found.model_dump_json()


def test_every_prompt_is_recorded_and_the_rules_are_in_all_of_them() -> None:
    assert set(prompts()) == {"understand", "propose", "evaluate", "draft"}


def test_the_two_kinds_of_suites_have_graders_of_their_own() -> None:
    kinds = (
        versions_of("suggestions", cases="c", seed=0),
        versions_of("decisions", cases="c", seed=0),
    )
    assert kinds[0].grader != kinds[1].grader


def test_a_grader_changes_with_any_letter_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "tone.py").write_text("BAR = 1", encoding="utf-8")
    before = of_files(tmp_path)
    (tmp_path / "tone.py").write_text("BAR = 2", encoding="utf-8")
    assert of_files(tmp_path) != before


@pytest.mark.parametrize(
    "changed", [{"note": "reviewed"}, {"tags": ("uk",)}], ids=lambda changed: next(iter(changed))
)
def test_what_a_case_says_about_itself_makes_it_no_other(changed: dict[str, object]) -> None:
    case = a_case(outcome="answer")
    assert of_case(case.model_copy(update=changed)) == of_case(case)


def test_what_a_case_expects_makes_it_another() -> None:
    assert of_case(a_case(outcome="answer")) != of_case(a_case(outcome="abstain"))
