"""What programs send over HTTP: read when its turn comes, served, and deleted afterwards."""

from pathlib import Path

import pytest

from assist.errors import NotFound
from assist.service.desk import Desk
from assist.service.merging import Prune
from assist.service.sent import CORPUS
from tests.service.jobs import BROKEN_POLICY, an_owner, built, row, sent, texts, uploaded


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return an_owner(tmp_path)


def test_uploaded_files_are_read_served_and_deleted(desk: Desk) -> None:
    job = uploaded(desk, reset__md="# Reset\n\nHold the button.", wifi__txt="Join the network.")

    (ended,) = built(desk)

    assert ended.state == "published"
    assert texts(desk).keys() == {"reset.md", "wifi.txt"}
    with pytest.raises(NotFound):
        desk.parts.uploads.folder(job.id)


def test_the_same_sent_again_changes_nothing_although_it_lies_elsewhere(desk: Desk) -> None:
    uploaded(desk, documents__jsonl=row("a", "One.") + row("b", "Two."))
    uploaded(desk, documents__jsonl=row("a", "One.") + row("b", "Two."))

    assert [job.state for job in built(desk)] == ["published", "unchanged"]


def test_what_came_under_a_name_before_is_pruned_and_what_came_under_others_is_not(
    desk: Desk,
) -> None:
    uploaded(desk, "wiki", documents__jsonl=row("a", "One.") + row("b", "Two."))
    uploaded(desk, "faq", c__md="Three.")
    uploaded(desk, "", d__md="Four.")
    uploaded(desk, "wiki", prune=Prune.GONE, documents__jsonl=row("b", "Two."))

    assert [job.state for job in built(desk)] == ["published"] * 4
    assert texts(desk).keys() == {"b", "c.md", "d.md"}


def test_an_id_that_serves_from_elsewhere_is_refused_and_what_serves_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "a.md").write_text("From a path.")
    sent(desk, tmp_path / "kb")
    uploaded(desk, "faq", b__md="Of the FAQ.")
    uploaded(desk, "", c__md="Of nobody.")
    uploaded(desk, "wiki", a__md="New a.", b__md="New b.", c__md="New c.", d__md="Four.")
    uploaded(desk, "wiki", prune=Prune.GONE, e__md="Five.")

    *_, refused, pruned = built(desk)

    assert refused.state == "published"
    assert refused.report is not None
    told = {problem.where: problem for problem in refused.report.problems}
    assert told.keys() == {"a.md", "b.md", "c.md"}
    assert refused.report.errors == 3
    assert told["a.md"].cure == "give it another id"
    assert "under the source 'faq'" in told["b.md"].problem
    assert "send it under that source" in told["b.md"].cure
    assert "send it without one" in told["c.md"].cure
    assert str(tmp_path) not in refused.model_dump_json()
    assert pruned.report is not None
    assert (pruned.report.removed, pruned.report.errors) == (1, 0)
    assert texts(desk) == {
        "a.md": "From a path.",
        "b.md": "Of the FAQ.",
        "c.md": "Of nobody.",
        "e.md": "Five.",
    }


@pytest.mark.parametrize("name", ["wiki", ""])
def test_what_came_from_the_same_source_is_replaced(desk: Desk, name: str) -> None:
    uploaded(desk, name, a__md="Old.")
    uploaded(desk, name, a__md="New.")

    assert [job.report.errors for job in built(desk) if job.report] == [0, 0]
    assert texts(desk) == {"a.md": "New."}


def test_nothing_but_ids_that_serve_from_elsewhere_changes_nothing(desk: Desk) -> None:
    uploaded(desk, "wiki", a__md="One.")
    uploaded(desk, "faq", a__md="Two.")

    _, second = built(desk)

    assert second.state == "unchanged"
    assert second.report is not None
    assert second.report.errors == 1


def test_a_path_still_replaces_what_was_sent(desk: Desk, tmp_path: Path) -> None:
    uploaded(desk, "wiki", a__md="Sent.")
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "a.md").write_text("From a path.")
    sent(desk, tmp_path / "kb")

    built(desk)

    assert texts(desk) == {"a.md": "From a path."}


def test_a_row_that_cannot_be_read_is_named_by_its_number_and_keeps_what_was_there(
    desk: Desk,
) -> None:
    uploaded(desk, documents__jsonl=row("a", "One.") + row("b", "Two."))
    uploaded(desk, prune=Prune.GONE, documents__jsonl=row("a", "New.") + row("b", "NUL \x00"))

    _, second = built(desk)

    assert second.report is not None
    (problem,) = second.report.problems
    assert problem.where == "documents.1"
    assert second.report.errors == 1
    assert texts(desk) == {"a": "New.", "b": "Two."}


def test_a_message_names_nothing_of_the_servers_disk(desk: Desk, tmp_path: Path) -> None:
    uploaded(desk, bad__md="---\ntitle: x\nnever closed", good__md="Fine.")
    uploaded(desk, bad__md="---\ntitle: x\nnever closed")
    uploaded(desk, returns__md=BROKEN_POLICY, kind="policy")
    uploaded(desk, picture__png="x")

    mixed, broken, refused, unread = built(desk)

    assert mixed.report is not None
    assert [problem.where for problem in mixed.report.problems] == ["bad.md:1"]
    assert broken.problem is not None
    assert broken.problem.where == "bad.md:1"
    assert refused.problem is not None
    assert refused.problem.where == "returns.md:11"
    assert unread.problem is not None
    assert "picture.png" in unread.problem.where
    for job in (mixed, broken, refused, unread):
        assert str(tmp_path) not in job.model_dump_json()


def test_a_file_that_is_not_read_is_named(desk: Desk) -> None:
    uploaded(desk, a="x", a__md="One.", empty__md="")

    (job,) = built(desk)

    assert job.report is not None
    told = {problem.where: problem.severity for problem in job.report.problems}
    assert told == {"a": "error", "empty.md": "warning"}
    assert texts(desk) == {"a.md": "One.", "empty.md": ""}


def test_a_corpus_beside_other_files_is_refused_instead_of_hiding_them(desk: Desk) -> None:
    uploaded(desk, corpus__jsonl=row("a", "One."), b__md="Two.")

    (job,) = built(desk)

    assert job.problem is not None
    assert (job.problem.where, job.problem.cure) == (CORPUS, "send it alone")


def test_a_corpus_sent_alone_is_read_as_one(desk: Desk) -> None:
    uploaded(desk, corpus__jsonl=row("a", "One.") + row("p", "Rule.", metadata={"kind": "policy"}))

    built(desk)

    assert texts(desk) == {"a": "One.", "p": "Rule."}
    assert desk.search("rule", kind="policy", filters={})[0].document_id == "p"


def test_files_that_are_not_in_this_home_fail_the_job(desk: Desk) -> None:
    job = uploaded(desk, a__md="One.")
    desk.parts.uploads.remove(job.id)

    (ended,) = built(desk)

    assert ended.problem is not None
    assert ended.problem.cure == "send them again"


def test_files_of_unfinished_jobs_are_kept_when_an_owner_begins(desk: Desk) -> None:
    job = uploaded(desk, a__md="One.")
    with desk.parts.uploads.receive("j-stray") as upload:
        upload.begin("b.md")

    desk.builder().tidy()

    assert desk.parts.uploads.folder(job.id).is_dir()
    with pytest.raises(NotFound):
        desk.parts.uploads.folder("j-stray")


# The switch
