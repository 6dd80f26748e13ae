"""A run -> JUnit XML: a test case for each case and scorer, and one for the gate.

A miss of a scorer of harm is a failure, a scorer that itself failed is an error, a case that states
nothing for a scorer is skipped. Any other score passes here, with what it misses as its output: it
is gated by the mean of all cases, and the gate's reasons are failures of a suite of their own.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from assist.domain.evaluation import CaseScore, EvalResult, EvalRun
from assist.insights.eval_figures.names import HARM, STEPS, step_of
from evals.running.summing import full

FAILS = {"suggestions": tuple(HARM), "decisions": ("verdict",)}
"""The scorers whose every miss is a failure, by kind of run."""
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def junit(run: EvalRun) -> str:
    """The XML, which ends with a newline."""
    root = ET.Element("testsuites", name=_plain(run.suite))
    _gate(root, run)
    scorers = list(dict.fromkeys(name for result in run.results for name in result.scores))
    steps = list(dict.fromkeys(map(step_of, scorers)))
    for step in sorted(steps, key=lambda one: STEPS.index(one) if one in STEPS else len(STEPS)):
        suite = _suite(root, f"{run.suite}.{step}", run)
        for name in (one for one in scorers if step_of(one) == step):
            for result in run.results:
                _add(suite, run, result, name)
    for suite in root:
        _count(suite)
    _count(root)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ET.Element, name: str, run: EvalRun) -> ET.Element:
    when = run.started_at.strftime("%Y-%m-%dT%H:%M:%S")
    return ET.SubElement(root, "testsuite", name=_plain(name), timestamp=when)


def _gate(root: ET.Element, run: EvalRun) -> None:
    """A test case for each reason that keeps the gate shut, or one that passes."""
    suite = _suite(root, f"{run.suite}.gate", run)
    for number, reason in enumerate(run.refusals, start=1):
        case = _case(suite, f"{run.suite}.gate", f"reason {number}")
        _told(ET.SubElement(case, "failure", type="GateShut"), reason)
    if not run.refusals:
        _case(suite, f"{run.suite}.gate", "the gate is open")


def _add(suite: ET.Element, run: EvalRun, result: EvalResult, name: str) -> None:
    score = result.scores.get(name)
    trial = f" (trial {result.trial})" if run.trials > 1 else ""
    first = next(iter(result.scores), None) == name
    seconds = result.ms / 1000 if first else 0.0
    case = _case(suite, f"{run.suite}.{step_of(name)}.{name}", f"{result.case_id}{trial}", seconds)
    if score is None or score.value is None:
        why = score.explanation if score else "not scored"
        ET.SubElement(case, "skipped", message=_plain(why or "not eligible"))
    elif score.failed:
        _told(ET.SubElement(case, "error", type="ScorerFailed"), score.explanation)
    elif not full(score) and name in FAILS.get(run.kind, ()):
        named = HARM.get(name, name).title().replace(" ", "")
        _told(ET.SubElement(case, "failure", type=named), "".join(_words(score)))
    else:
        ET.SubElement(case, "system-out").text = _plain("".join(_words(score)))


def _case(suite: ET.Element, classname: str, name: str, seconds: float = 0.0) -> ET.Element:
    told = {"classname": _plain(classname), "name": _plain(name), "time": f"{seconds:.3f}"}
    return ET.SubElement(suite, "testcase", told)


def _words(score: CaseScore) -> Iterator[str]:
    yield f"{score.value:.2f}"
    if score.amount is not None:
        yield f" ({score.amount:.4g})"
    if score.explanation:
        yield f": {score.explanation}"


def _told(element: ET.Element, words: str) -> None:
    element.set("message", _plain(words).split("\n")[0])
    element.text = _plain(words)


def _count(parent: ET.Element) -> None:
    cases = list(parent.iter("testcase"))
    found = {"tests": len(cases)}
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        found[name] = sum(case.find(tag) is not None for case in cases)
    for name, count in found.items():
        if name != "skipped" or parent.tag == "testsuite":
            parent.set(name, str(count))
    parent.set("time", f"{sum(float(case.get('time', 0)) for case in cases):.3f}")


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("�", text)
