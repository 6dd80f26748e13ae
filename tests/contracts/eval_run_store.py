"""The contract of `EvalRunStore`: every store passes it, the fake too."""

from datetime import timedelta
from typing import Any

import pytest

from assist.domain.eval_runs import AskedCase, KeptResult
from assist.domain.evaluation import (
    CaseScore,
    EvalResult,
    EvalRun,
    EvalSlice,
    EvalSummary,
    EvalVersions,
)
from assist.errors import AlreadyDone, BadInput, NotFound
from assist.service.eval_outlines import outline_of
from tests.builders import a_ticket
from tests.contracts.store_builders import NOON, a_suggestion


def an_eval_run(run_id: str = "core-1", **changed: Any) -> EvalRun:
    """A run without results."""
    given = {
        "id": run_id,
        "suite": "core",
        "kind": "suggestions",
        "started_at": NOON,
        "seconds": 1.5,
        "versions": EvalVersions(assist="1.0", grader="g1", cases="c1"),
        "summaries": (EvalSummary(scorer="outcome", n=2, mean=0.5, low=0.1, high=0.9),),
        "pass_k": {1: 0.5},
        "results": (),
    }
    return EvalRun.model_validate(given | changed)


def a_slice(tag: str, cases: int = 1) -> EvalSlice:
    """The cases that bear a tag."""
    return EvalSlice(tag=tag, cases=cases, summaries=())


def a_kept_result(case_id: str = "one", trial: int = 1, **changed: Any) -> KeptResult:
    """A trial with its case."""
    given = {
        "case_id": case_id,
        "trial": trial,
        "ms": 12.5,
        "scores": {"outcome": CaseScore(value=0.5, explanation="half of it")},
        "suggestion": a_suggestion(),
    }
    result = EvalResult.model_validate(given | changed)
    asked = AskedCase(id=case_id, note="why", ticket=a_ticket(), expect={"outcome": "answer"})
    return KeptResult(outline=outline_of(result, asked), result=result, asked=asked)


def published(store: Any, run: EvalRun, *results: KeptResult, total: int = 2) -> Any:
    """Keep a part of a run."""
    return store.add(run, results, total, "k-1", NOON)


class EvalRunStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_run_reads_back_as_it_was_with_its_slices_and_without_results(self, store):
        run = an_eval_run(slices=(a_slice("b"), a_slice("a")))

        kept = published(store, run, a_kept_result())

        assert store.get("core-1") == kept
        slices = (a_slice("a"), a_slice("b"))
        assert kept.run == run.model_copy(update={"slices": slices})
        assert (kept.kept, kept.total, kept.whole) == (1, 2, False)
        assert (kept.at, kept.by) == (NOON, "k-1")

    def test_parts_of_a_run_add_up_and_a_part_sent_again_adds_nothing(self, store):
        one, two = a_kept_result("one"), a_kept_result("two")
        published(store, an_eval_run(slices=(a_slice("a"),)), one)
        kept = published(store, an_eval_run(slices=(a_slice("b"), a_slice("a", 9))), one, two)

        assert (kept.kept, kept.whole) == (2, True)
        assert kept.run.slices == (a_slice("a"), a_slice("b"))
        assert store.outlines("core-1") == (one.outline, two.outline)

    def test_what_is_there_already_stays_as_it_is(self, store):
        first = a_kept_result(ms=1.0)
        published(store, an_eval_run(), first)
        published(store, an_eval_run(), a_kept_result(ms=2.0))

        assert store.outlines("core-1") == (first.outline,)

    def test_the_id_of_another_run_is_refused(self, store):
        published(store, an_eval_run())

        with pytest.raises(AlreadyDone, match="core-1"):
            published(store, an_eval_run(seconds=9.0))
        with pytest.raises(AlreadyDone, match="2 results"):
            published(store, an_eval_run(), total=3)

    def test_trials_are_whole_and_in_their_order(self, store):
        second, first = a_kept_result(trial=2), a_kept_result(trial=1)
        published(store, an_eval_run(trials=2), second, first)

        trials = store.trials("core-1", "one")

        assert [one.outline.trial for one in trials] == [1, 2]
        assert (trials[0].result, trials[0].asked) == (first.result, first.asked)

    def test_runs_are_listed_the_latest_first_by_suite_and_page_by_page(self, store):
        for day, suite in enumerate(("core", "traps", "core", "core")):
            began = NOON + timedelta(days=day)
            run = an_eval_run(f"r-{day}", suite=suite, started_at=began, slices=(a_slice("a"),))
            published(store, run, a_kept_result())

        def ids(*wanted: Any) -> list[str]:
            return [one.run.id for one in store.listed(*wanted)]

        assert ids(None, 10) == ["r-3", "r-2", "r-1", "r-0"]
        assert ids("core", 2) == ["r-3", "r-2"]
        assert ids("core", 2, "r-2") == ["r-0"]
        assert ids("none", 9) == []
        assert store.listed(None, 1)[0].run.slices == ()
        assert store.listed(None, 1)[0].kept == 1
        assert store.suites() == ("core", "traps")

    def test_what_is_not_there_is_not_found(self, store):
        published(store, an_eval_run())
        for ask in (
            lambda: store.get("nothing"),
            lambda: store.outlines("nothing"),
            lambda: store.trials("nothing", "one"),
            lambda: store.trials("core-1", "one"),
            lambda: store.listed(None, 5, "nothing"),
        ):
            with pytest.raises(NotFound):
                ask()

    def test_of_older_runs_the_suggestions_go_and_the_scores_stay(self, store):
        for day in range(3):
            run = an_eval_run(f"r-{day}", started_at=NOON + timedelta(days=day))
            published(store, run, a_kept_result())
        published(store, an_eval_run("other", suite="traps"), a_kept_result())

        assert store.thin("core", 1) == 2
        assert store.thin("core", 1) == 0

        (old,) = store.trials("r-0", "one")
        assert (old.result, old.asked) == (None, None)
        assert old.outline.scores["outcome"].explanation == "half of it"
        for whole in ("r-2", "other"):
            assert store.trials(whole, "one")[0].result is not None

    def test_text_that_cannot_be_stored_is_refused_and_nothing_is_kept(self, store):
        hostile = {"outcome": CaseScore(value=0.5, explanation="a\x00b")}
        with pytest.raises(BadInput, match="NUL"):
            published(store, an_eval_run(), a_kept_result(scores=hostile))
        with pytest.raises(NotFound):
            store.get("core-1")
