"""Reports of a run: Markdown for a comment, one HTML file for people."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assist.insights.eval_figures.names import HARM, OTHER, step_of
from assist.web.pages.evals_view import RunView
from evals.cli import app
from evals.reports import write_all
from evals.reports.html import html
from evals.reports.junit import junit
from evals.reports.markdown import markdown
from evals.reports.short import ShortReport, short
from evals.running import harm
from evals.suites import SCORERS_OF
from tests.evals.reporting import (
    GATED,
    HOSTILE,
    a_poor_run,
    a_trial,
    days_later,
    gathered,
    kept,
    score,
)
from tests.evals.run_builders import a_run


def test_the_comment_says_its_verdict_first_and_folds_the_rest() -> None:
    told = markdown(gathered(a_poor_run()).view)

    assert told.splitlines()[0] == "### ❌ core: the gate stays shut"
    assert "- integrity is 0.667, under its threshold 1.0" in told
    assert re.search(
        r"^\| \*\*integrity\*\* ❌ \| 3 \| 0\.67 \| .* \| 1\.00 \|$", told, re.MULTILINE
    )
    assert "**Breach of integrity**: harmful" in told
    assert told.count("<details>") == told.count("</details>") == 1
    assert "- `nothing` why nothing" in told


def test_a_comment_calls_nobody_and_holds_no_markup_of_a_ticket() -> None:
    told = markdown(gathered(a_poor_run()).view)

    assert "@everyone" not in told
    assert "<script>" not in told
    assert "http://evil" not in told
    assert "[a](" not in told.replace(r"\[a\](", "")
    lines = [line for line in told.splitlines() if "everyone" in line]
    assert all(r"\|" in line and r"\`x\`" in line for line in lines)
    assert lines


def test_a_comment_tells_what_changed_against_another_run() -> None:
    before = a_run([a_trial(f"c{n}") for n in range(30)], GATED)
    worse = {"outcome": score(0.0, "wrong"), "integrity": score(1.0)}
    trials = [a_trial(f"c{n}", **({"scores": worse} if n < 20 else {})) for n in range(30)]
    now = days_later(a_run(trials, GATED), 1)

    told = markdown(gathered(now, against=before).view)

    assert re.search(r"\| \*\*outcome\*\* ❌ .*\| -0\.667 \(-0\.\d+ to -0\.\d+\) ▼ \|", told)
    assert re.search(r"\| integrity.*\| same \|", told)
    assert "- **lost** outcome in `c0` wrong" in told


def test_a_comment_of_a_large_run_fits_and_counts_what_it_leaves_out() -> None:
    wrong = {"outcome": score(0.0, "a long reason " * 60), "integrity": score(0.0, HOSTILE * 20)}
    trials = [a_trial(f"case-with-a-long-name-{n}" * 3, scores=wrong) for n in range(400)]
    refusals = tuple(f"reason {n} " + "that is long " * 40 for n in range(200))

    told = markdown(gathered(a_run(trials, GATED, refusals=refusals)).view)

    assert len(told.encode()) < 60_000
    assert "more" in told
    assert told.count("<details>") == told.count("</details>")


class Document(HTMLParser):
    """What a file has of elements, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        return [found for _, told in self.elements if (found := told.get(name))]


@pytest.fixture(scope="module")
def page() -> Document:
    """The HTML file of the poor run, after three others."""
    run = days_later(a_poor_run(), 3)
    earlier = tuple(days_later(a_poor_run(), n) for n in range(3))
    return Document(html(gathered(run, earlier=earlier, against=earlier[0])))


def test_the_file_needs_no_other_and_runs_nothing(page: Document) -> None:
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not [n for _, told in page.elements for n in told if n.startswith("on") or n == "style"]
    assert page.values("src") == []
    assert all(one.startswith("#") for one in page.values("href"))
    policy = next(t["content"] for _, t in page.elements if t.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_link_of_the_file_leads_to_its_place_and_no_id_stands_twice(page: Document) -> None:
    ids = page.values("id")
    assert [one for one, times in Counter(ids).items() if times > 1] == []
    links = {*page.values("href"), *page.values("xlink:href")}
    clips = {one[4:-1] for one in page.values("clip-path")}
    assert {f"#case-{one}" for one in ("fine", "harmful", "unjudged", "nothing")} <= links
    assert {one[1:] for one in links | clips} <= set(ids)


def test_each_plot_has_its_table(page: Document) -> None:
    plots = [told for tag, told in page.elements if tag == "svg"]
    labelled = [told for _, told in page.elements if told.get("role") == "img"]
    assert len(plots) == len(labelled) == 5
    assert all(told["aria-hidden"] == "true" for told in plots)
    assert all("table" in (told["aria-label"] or "") for told in labelled)


def test_what_a_ticket_or_a_scorer_says_is_shown_and_never_run() -> None:
    text = html(gathered(a_poor_run()))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_same_run_is_the_same_file_letter_by_letter() -> None:
    assert html(gathered(a_poor_run())) == html(gathered(a_poor_run()))


def test_a_run_of_decisions_is_reported_too() -> None:
    judged = {"verdict": score(0.0, "allowed, not forbidden"), "level": score(None)}
    trial = a_trial("d-1", scores=judged, suggestion=None, detail={"title": "A late return"})
    run = a_run([trial], kind="decisions", suite="decisions")

    assert "A late return" in html(gathered(run))
    assert 'type="Verdict"' in junit(run)
    assert markdown(gathered(run).view).startswith("### decisions: no threshold is set")


def test_a_run_without_a_result_is_reported_as_empty() -> None:
    run = a_run([])
    assert "0 cases" in html(gathered(run))
    assert "0 cases" in markdown(gathered(run).view)
    assert 'tests="1"' in junit(run)


def test_the_short_report_tells_what_a_program_asks_for() -> None:
    told = short(gathered(a_poor_run()).view)

    assert ShortReport.model_validate_json(told.model_dump_json()) == told
    assert (told.passed, told.cases) == (False, 4)
    assert told.harms == {"Breach of integrity": ("harmful",)}
    assert told.worst[0]["case_id"] == "harmful"


def test_a_finished_run_has_its_reports_beside_it(tmp_path: Path) -> None:
    folder = kept(a_poor_run(), tmp_path / "run")
    write_all(a_poor_run(), folder)
    for name in ("report.html", "report.md", "junit.xml", "report.json"):
        assert (folder / name).stat().st_size > 500, name
    assert "why harmful" in (folder / "report.html").read_text()


def test_every_scorer_there_is_has_its_step_and_harm_is_harm_everywhere() -> None:
    every = {name for names in SCORERS_OF.values() for name in names}
    assert {name for name in every if step_of(name) == OTHER} == set()
    assert tuple(HARM) == harm.HARM


def report(*words: str | Path) -> "tuple[int, str, str]":
    """The command's exit code, what it printed, and what it said."""
    done = CliRunner().invoke(app, ["report", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_what_is_asked_for_with_trend_and_change(tmp_path: Path) -> None:
    older = [kept(days_later(a_poor_run(), n), tmp_path / "all" / f"r{n}") for n in range(3)]
    run = kept(days_later(a_poor_run(), 5), tmp_path / "all" / "r5")
    page, comment, xml = (tmp_path / "new" / name for name in ("p.html", "c.md", "j.xml"))

    given = ("--html", page, "--markdown", comment, "--junit", xml)
    code, printed, said = report(run, *given, "--against", older[2], "--history", run.parent)

    assert (code, printed) == (0, ""), said
    text = page.read_text()
    assert "Over time" in text
    assert "Against run-1-2" in text
    assert "Where is it?" in text
    assert not (run / "report.html").exists()
    assert "| change |" in comment.read_text()
    assert xml.read_text().startswith("<?xml")


def test_without_an_option_all_of_them_are_written_beside_the_run(tmp_path: Path) -> None:
    folder = kept(a_poor_run(), tmp_path / "run")
    assert report(folder)[0] == 0
    assert (folder / "report.html").exists()
    assert (folder / "junit.xml").exists()


def test_json_is_one_document_and_writes_nothing(tmp_path: Path) -> None:
    folder = kept(a_poor_run(), tmp_path / "run")
    code, printed, _ = report(folder, "--json")
    assert (code, json.loads(printed)["passed"]) == (0, False)
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--history", "nothing-here"), "is no folder"),
        (("--against", "nothing-here"), "cannot be read"),
        (("--against", "other"), "scored by two graders"),
        (("--against", "traps"), "no case in common"),
        (("--html", "/dev/null/x.html"), "cannot be written"),
    ],
)
def test_what_cannot_be_reported_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = a_poor_run()
    kept(run, tmp_path / "run")
    grader = run.versions.model_copy(update={"grader": "g2"})
    kept(run.model_copy(update={"versions": grader}), tmp_path / "other")
    kept(run.model_copy(update={"suite": "traps"}), tmp_path / "traps")

    code, printed, words = report("run", *option)

    assert (code, printed) == (2, "")
    assert said in words
    assert len(words.strip().splitlines()) == 1


def test_the_view_of_a_run_whose_results_have_not_all_come_says_so() -> None:
    made = gathered(a_poor_run())
    view = RunView(made.run, made.view.outlines, total=9)
    assert view.missing == 5
