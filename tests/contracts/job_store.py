"""The contract of `JobStore`: every store passes it, the fake too."""

from datetime import timedelta
from typing import Any

import pytest

from assist.adapters.postgres.jobs import KEPT_ENDED, LOST_AFTER
from assist.domain.jobs import Failure, IngestReport, Job
from assist.domain.knowledge import ReadProblem
from assist.errors import BadInput, NotFound
from assist.ports import JobStore, Reading
from tests.contracts.store_builders import NOON, a_document

PROBLEM = ReadProblem(where="a.md:3", problem="broken", cure="mend it")


def a_job(job_id: str = "j-1", **changes: Any) -> Job:
    """A job that waits for its turn."""
    given = {
        "id": job_id,
        "sent_as": "reading",
        "source": "kb",
        "created_at": NOON,
        "updated_at": NOON,
    }
    return Job.model_validate(given | changes)


def a_reading(*names: str, **changes: Any) -> Reading:
    """What was read: a document for each name."""
    documents = tuple(a_document(name) for name in names)
    return Reading.model_validate({"root": "/kb", "documents": documents} | changes)


def a_report(**changes: Any) -> IngestReport:
    """One document added, one that could not be read."""
    counts = dict.fromkeys(("changed", "removed", "unchanged", "warnings"), 0)
    given = counts | dict.fromkeys(("added", "documents", "passages", "errors"), 1)
    told = {"generation": "g1", "published": True, "problems": (PROBLEM,), "seconds": 1.5}
    return IngestReport.model_validate(given | told | changes)


def ended(job: Job, **changes: Any) -> Job:
    """The job with its report."""
    end = {"state": "published", "report": a_report(), "generation": "g1"}
    return job.model_copy(update=end | changes)


class JobStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_job_reads_back_as_it_was_sent(self, store: JobStore) -> None:
        job = a_job(source="kb/ü “x”", kind="policy", prune=True)
        store.add(job, a_reading("hub"))

        assert store.get("j-1") == job
        assert store.unfinished() == store.latest(5) == (job,)

    def test_what_was_read_reads_back_whole_in_its_order(self, store: JobStore) -> None:
        noted = a_document("a", "Text.", front_matter_lines={"clauses.0.when": 7})
        reading = Reading(
            root="/kb",
            documents=(a_document("b", "x\r\n\u2028 \\u0000 😀"), noted),
            files={"sla.yaml": "a: 1\n"},
            problems=(PROBLEM,),
            skipped_ids=("c",),
            skipped_sources=("/kb/d.md",),
        )
        store.add(a_job(), reading)

        read = store.reading("j-1")

        assert read == reading
        assert read.documents[1].front_matter_lines == {"clauses.0.when": 7}

    def test_a_job_whose_files_were_uploaded_has_no_reading(self, store: JobStore) -> None:
        store.add(a_job(sent_as="files"), None)

        with pytest.raises(NotFound, match="j-1"):
            store.reading("j-1")

    def test_text_that_cannot_be_kept_is_refused_and_leaves_no_job(self, store: JobStore) -> None:
        broken = Reading(root="/kb", documents=(a_document("broken", "NUL \x00"),))

        with pytest.raises(BadInput, match="broken"):
            store.add(a_job(), broken)
        assert store.unfinished() == ()

    @pytest.mark.parametrize("look", ["get", "reading"])
    def test_an_unknown_job_is_not_found(self, store: JobStore, look: str) -> None:
        with pytest.raises(NotFound, match="j-9"):
            getattr(store, look)("j-9")

    def test_jobs_are_claimed_in_the_order_they_came_one_at_a_time(self, store: JobStore) -> None:
        for name in ("j-2", "j-1"):
            store.add(a_job(name), a_reading(name))

        first = store.claim("here", NOON)
        while_it_is_built = store.claim("there", NOON)
        assert first is not None
        store.save(ended(first))
        second = store.claim("there", NOON)

        assert (first.id, first.state, first.attempts) == ("j-2", "building", 1)
        assert while_it_is_built is None
        assert second is not None
        assert second.id == "j-1"
        assert store.unfinished() == (second,)

    def test_files_that_lie_in_a_home_are_built_there(self, store: JobStore) -> None:
        store.add(a_job("j-1"), None, "there")
        store.add(a_job("j-2"), None, "here")

        first = store.claim("here", NOON)
        assert first is not None
        assert first.id == "j-2"
        assert store.claim("there", NOON) is None
        store.save(first.model_copy(update={"state": "published"}))
        second = store.claim("there", NOON)
        assert second is not None
        assert second.id == "j-1"

    def test_where_nothing_waits_nothing_is_claimed(self, store: JobStore) -> None:
        assert store.claim("here", NOON) is None

    def test_a_builder_that_comes_back_begins_again_what_it_had_begun(
        self, store: JobStore
    ) -> None:
        store.add(a_job(), a_reading("hub"))
        begun = store.claim("here", NOON)
        assert begun is not None
        store.save(begun.model_copy(update={"stage": "embed", "done": 3, "total": 9}))
        assert store.get("j-1").done == 3

        again = store.claim("here", NOON)

        assert again is not None
        assert (again.attempts, again.stage, again.done) == (2, "", 0)
        assert store.reading("j-1").documents[0].id == "hub"

    def test_another_builder_waits_until_the_first_is_long_silent(self, store: JobStore) -> None:
        store.add(a_job(), a_reading("hub"))
        begun = store.claim("here", NOON)
        assert begun is not None
        seen = NOON + timedelta(minutes=5)
        store.save(begun.model_copy(update={"stage": "embed", "updated_at": seen}))

        assert store.claim("there", seen + LOST_AFTER) is None
        taken = store.claim("there", seen + LOST_AFTER + timedelta(seconds=1))
        assert taken is not None
        assert taken.attempts == 2

    def test_a_job_that_was_put_back_can_be_claimed_by_anyone(self, store: JobStore) -> None:
        store.add(a_job(), a_reading("hub"))
        begun = store.claim("here", NOON)
        assert begun is not None
        store.save(begun.model_copy(update={"state": "waiting", "attempts": 0}))

        again = store.claim("there", NOON)

        assert again is not None
        assert again.attempts == 1

    @pytest.mark.parametrize(
        "end",
        [
            {},
            {"state": "unchanged", "report": a_report(published=False)},
            {
                "state": "failed",
                "report": None,
                "generation": None,
                "problem": Failure(kind="DiskFull", problem="no space", cure="free it", where="/"),
            },
        ],
    )
    def test_how_a_job_ended_is_told_and_what_was_read_goes(
        self, store: JobStore, end: dict[str, Any]
    ) -> None:
        store.add(a_job(), a_reading("hub"))
        begun = store.claim("here", NOON)
        assert begun is not None
        job = ended(begun, **end)

        store.save(job)

        assert store.get("j-1") == job
        assert store.unfinished() == ()
        with pytest.raises(NotFound):
            store.reading("j-1")

    def test_the_newest_come_first_and_old_ones_are_forgotten(self, store: JobStore) -> None:
        store.add(a_job("j-waits"), None)
        for number in range(KEPT_ENDED + 2):
            job = a_job(f"j-{number}", sent_as="documents")
            store.add(job, None)
            store.save(ended(job))

        newest = [job.id for job in store.latest(2)]
        assert newest == [f"j-{KEPT_ENDED + 1}", f"j-{KEPT_ENDED}"]
        assert len(store.latest(1_000)) == KEPT_ENDED + 1
        assert [job.id for job in store.unfinished()] == ["j-waits"]
        with pytest.raises(NotFound):
            store.get("j-1")
