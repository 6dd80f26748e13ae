"""Jobs sent beside the owner of a home, and built by it: in order, merged, whatever goes wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assist import errors
from assist.domain.jobs import Failure, IngestReport, Job
from assist.errors import BadKnowledgeBase, DiskFull, NotReady, TooMany, Unavailable
from assist.ports import Reading
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.service.jobs import (
    MOST_ATTEMPTS,
    MOST_UNFINISHED,
    StoppedError,
    outcome,
)
from assist.service.merging import Prune
from tests.contracts.job_store import a_job
from tests.service.jobs import BROKEN_POLICY, an_owner, built, guest_of, sent, texts
from tests.service.parts import a_kb


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return an_owner(tmp_path)


def test_two_jobs_sent_at_once_both_end_up_in_what_serves(desk: Desk, tmp_path: Path) -> None:
    desk.ingest(a_kb(tmp_path / "old", base="Plug it in."), progress=silent)
    sent(desk, a_kb(tmp_path / "one", reset="Hold the button."))
    sent(desk, a_kb(tmp_path / "two", wifi="Join the network."))

    first, second = built(desk)

    assert texts(desk).keys() == {"articles/base.md", "articles/reset.md", "articles/wifi.md"}
    assert (first.state, second.state) == ("published", "published")
    assert first.report is not None
    assert second.report is not None
    assert (first.report.added, first.report.unchanged) == (1, 1)
    assert (second.report.added, second.report.unchanged) == (1, 2)
    assert desk.parts.jobs.unfinished() == ()


def test_a_job_that_changes_nothing_says_so(desk: Desk, tmp_path: Path) -> None:
    kb = a_kb(tmp_path / "kb", reset="Hold the button.")
    desk.ingest(kb, progress=silent)
    sent(desk, kb)

    (job,) = built(desk)

    assert job.state == "unchanged"
    assert job.report is not None
    assert job.report.summary == "nothing changed: 1 documents, 1 passages"


def test_what_is_gone_is_pruned_by_what_serves_when_its_turn_comes(
    desk: Desk, tmp_path: Path
) -> None:
    kb = a_kb(tmp_path / "kb", reset="Hold the button.", wifi="Join the network.")
    sent(desk, kb)
    (kb / "articles/wifi.md").unlink()
    sent(desk, kb, prune=Prune.GONE)

    _, pruned = built(desk)

    assert pruned.report is not None
    assert pruned.report.removed == 1
    assert texts(desk).keys() == {"articles/reset.md"}


def test_a_job_that_cannot_be_served_fails_with_the_place_and_the_next_one_is_built(
    desk: Desk, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    (broken / "policies").mkdir(parents=True)
    (broken / "policies/returns.md").write_text(BROKEN_POLICY)
    sent(desk, broken)
    sent(desk, a_kb(tmp_path / "kb", reset="Hold the button."))

    failed, fine = built(desk)

    assert failed.state == "failed"
    assert failed.problem is not None
    assert failed.problem.kind == "BadKnowledgeBase"
    assert failed.problem.where.endswith("policies/returns.md:11")
    assert fine.state == "published"
    with pytest.raises(BadKnowledgeBase, match=r"returns\.md:11"):
        outcome(failed)


def test_a_full_disk_fails_the_job_and_the_old_generation_serves_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = a_kb(tmp_path / "kb", reset="Hold the button.")
    desk.ingest(kb, progress=silent)
    sent(desk, a_kb(kb, reset="Press it twice."))

    def full(*_: Any) -> None:
        raise DiskFull("no space left to write", cure="free some", where="/srv")

    monkeypatch.setattr(desk.parts.vectors, "build", full)
    (job,) = built(desk)

    assert job.problem == Failure(
        kind="DiskFull", problem="no space left to write", cure="free some", where="/srv"
    )
    assert texts(desk) == {"articles/reset.md": "Hold the button."}
    assert desk.search("button", filters={})[0].passage.text == "Hold the button."
    with pytest.raises(DiskFull, match="free some"):
        guest_of(desk).follow(job.id, progress=silent, wait=lambda: None)


def test_a_guest_that_follows_sees_the_progress_and_gets_the_report(
    desk: Desk, tmp_path: Path
) -> None:
    job = sent(desk, a_kb(tmp_path / "kb", reset="Hold the button."))
    builder, seen, looks = desk.builder(), [], 0

    def note(stage: str, done: int, total: int) -> None:
        seen.append((stage, done, total))

    def build_at_the_second_look() -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            builder.build_next(lambda *_: note("seen", *_progress_of(desk, job)))

    report = guest_of(desk).follow(job.id, progress=note, wait=build_at_the_second_look)

    assert (report.added, report.documents) == (1, 1)
    assert ("seen", 1, 1) in seen


def _progress_of(desk: Desk, job: Job) -> tuple[int, int]:
    now = desk.parts.jobs.get(job.id)
    return now.done, now.total


def test_a_build_that_is_stopped_waits_again_and_counts_as_no_attempt(
    desk: Desk, tmp_path: Path
) -> None:
    job = sent(desk, a_kb(tmp_path / "kb", reset="Hold the button."))

    def stop(*_: Any) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        desk.builder().build_next(stop)

    waiting = desk.parts.jobs.get(job.id)
    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    assert built(desk)[0].state == "published"


def test_a_job_whose_builder_died_is_finished_by_the_next_owner(desk: Desk, tmp_path: Path) -> None:
    job = sent(desk, a_kb(tmp_path / "kb", reset="Hold the button."))
    desk.parts.jobs.claim(desk.parts.home, desk.parts.clock.now())

    report = desk.builder().build_until(job.id, silent)

    assert report.added == 1
    assert desk.parts.jobs.get(job.id).attempts == 2


def test_a_job_that_killed_every_builder_is_given_up(desk: Desk, tmp_path: Path) -> None:
    job = sent(desk, a_kb(tmp_path / "kb", reset="Hold the button."))
    for _ in range(MOST_ATTEMPTS):
        desk.parts.jobs.claim(desk.parts.home, desk.parts.clock.now())

    with pytest.raises(Unavailable, match="3 times"):
        desk.builder().build_until(job.id, silent)
    assert texts(desk) == {}


def test_a_job_that_another_home_builds_is_left_to_it(desk: Desk, tmp_path: Path) -> None:
    job = sent(desk, a_kb(tmp_path / "kb", reset="Hold the button."))
    desk.parts.jobs.claim("elsewhere", desk.parts.clock.now())

    with pytest.raises(NotReady, match="another home"):
        desk.builder().build_until(job.id, silent)


def test_jobs_that_wait_are_bounded(desk: Desk, tmp_path: Path) -> None:
    for number in range(MOST_UNFINISHED):
        desk.parts.jobs.add(a_job(f"j-{number}", sent_as="files"), None)

    with pytest.raises(TooMany, match=str(MOST_UNFINISHED)):
        sent(desk, a_kb(tmp_path / "kb", reset="Hold the button."))


def test_a_job_has_no_outcome_before_its_end() -> None:
    with pytest.raises(NotReady, match="waiting"):
        outcome(a_job())


@pytest.mark.parametrize("kind", ["DiskFull", "BadKnowledgeBase", "AssistError", "Unheard"])
def test_an_error_comes_out_of_a_job_as_it_went_in(kind: str) -> None:
    failure = Failure(kind=kind, problem="it is wrong", cure="do this", where="there")

    with pytest.raises(getattr(errors, kind, errors.AssistError)) as caught:
        outcome(a_job(state="failed", problem=failure))

    assert str(caught.value) == "there: it is wrong (do this)"


def test_a_library_in_use_ends_on_its_generation_and_goes_when_it_is_let_go(
    desk: Desk, tmp_path: Path
) -> None:
    kb = tmp_path / "kb"
    generations = []

    def publish(text: str) -> None:
        sent(desk, a_kb(kb, reset=text))
        (job,) = built(desk)
        generations.append(job.generation)

    publish("Version one.")
    old = desk.opened().library
    for text in ("Version two.", "Version three.", "Version four."):
        publish(text)

    assert old.search("version")[0].passage.text == "Version one."
    desk.tidy()
    assert [desk.parts.vectors.has(name) for name in generations] == [True, False, False, True]
    del old
    desk.tidy()
    assert [desk.parts.vectors.has(name) for name in generations] == [False, False, False, True]


def test_requests_are_given_the_old_generation_until_the_new_one_is_open(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = a_kb(tmp_path / "kb", reset="Version one.")
    desk.ingest(kb, progress=silent)
    assert desk.search("version", filters={})[0].passage.text == "Version one."
    sent(desk, a_kb(kb, reset="Version two."))
    seen = []
    publish = desk.parts.knowledge.publish

    def publish_and_ask(generation: str) -> None:
        publish(generation)
        seen.append(desk.search("version", filters={})[0].passage.text)

    monkeypatch.setattr(desk.parts.knowledge, "publish", publish_and_ask)
    built(desk)

    assert seen == ["Version one."]
    assert desk.search("version", filters={})[0].passage.text == "Version two."


def test_what_is_built_is_what_the_reading_says(desk: Desk) -> None:
    reading = Reading(root="sent:x", documents=())
    carry: Callable[..., IngestReport] = desk.builder().carry

    report = carry(reading, Prune.NOTHING, silent, desk.parts.clock.now())

    assert (report.documents, report.published) == (0, True)
