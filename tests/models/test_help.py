"""What a model adds to a suggestion, and what it may not touch."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import BadSetting
from assist.service.desk import Desk
from evals.scripted_llm.good import blocks, good
from evals.scripted_llm.server import ScriptedServer
from tests.builders import NOW

HUB = {
    "id": "hub-offline",
    "text": "My Hub 2 has been offline since I changed the router. Its light blinks amber. "
    "My number is +44 7700 900123 and my mail is ana.lima@example.com.",
}


def suggested(desk: Desk, mode: Any = "auto", **ticket: Any) -> Suggestion:
    asked = Ticket.model_validate(HUB | ticket)
    return asyncio.run(desk.suggest(asked, at=NOW, mode=mode))


@pytest.fixture
def says(server: ScriptedServer) -> Any:
    """Lets the model say something else than a good one would, for one test."""

    def changed(say: Callable[[dict[str, Any]], str]) -> None:
        server.good = say

    server.behavior = "good"
    server.requests.clear()
    yield changed
    server.good = good


def is_for(asked: dict[str, Any], prompt: str) -> bool:
    starts = {"draft": "You write what", "propose": "You help", "understand": "You read"}
    return bool(asked["messages"][0]["content"].startswith(starts[prompt]))


def test_every_factual_sentence_of_a_model_is_supported_and_cited(desk: Desk, says: Any) -> None:
    suggestion = suggested(desk)

    assert suggestion.mode == "llm"
    assert {m.part for m in suggestion.made if m.mode == "llm"} >= {"evaluate", "communicate"}
    facts = [s for s in suggestion.draft.sentences if s.kind == "fact"]
    assert len(facts) >= 3
    for sentence in facts:
        assert sentence.support in ("supported", "inferred")
        assert sentence.citations
        for citation in sentence.citations:
            passage = desk.passage(citation.passage_id)
            assert citation.quote in " ".join(passage.text.split())


def test_the_trace_names_model_prompt_and_tokens_of_each_step_that_asked(
    desk: Desk, says: Any
) -> None:
    traces = {trace.step: trace for trace in suggested(desk).trace}

    for step in ("identify", "propose", "evaluate", "communicate"):
        assert traces[step].model == "scripted"
        assert len(traces[step].prompt or "") == 12
        assert (traces[step].tokens or 0) > 0
    assert traces["decide"].model is None


def test_nothing_private_goes_over_the_wire_and_the_reply_has_it_back(
    desk: Desk, server: ScriptedServer, says: Any
) -> None:
    suggestion = suggested(desk)

    sent = b" ".join(server.requests)
    assert len(server.requests) >= 4
    for private in (b"7700", b"900123", b"ana.lima", b"example.com"):
        assert private not in sent
    assert b"<EMAIL_1>" in sent
    assert "ana.lima@example.com" in suggestion.issue.text


def test_a_model_changes_no_verdict_no_priority_and_no_escalation(desk: Desk, says: Any) -> None:
    helped, alone = suggested(desk), suggested(desk, mode="extractive")

    assert helped.priority == alone.priority
    assert helped.escalation == alone.escalation
    assert helped.choice
    assert alone.choice
    verdicts = {c.title: c.verdict for c in alone.candidates}
    assert all(verdicts[c.title] == c.verdict for c in helped.candidates if c.title in verdicts)
    scores = {c.title: c.scores for c in alone.candidates}
    assert all(scores[c.title] == c.scores for c in helped.candidates if c.title in scores)
    assert any(c.second_opinion for c in helped.candidates)
    assert not any(c.second_opinion for c in alone.candidates)


def test_an_invented_number_is_drafted_again_and_then_ours_is_taken(
    desk: Desk, server: ScriptedServer, says: Any
) -> None:
    def invents(asked: dict[str, Any]) -> str:
        if not is_for(asked, "draft"):
            return good(asked)
        return good(asked).replace("30 seconds", "90 seconds").replace("3 minutes", "47 minutes")

    says(invents)
    suggestion = suggested(desk)

    drafts = [json.loads(r) for r in server.requests if is_for(json.loads(r), "draft")]
    assert len(drafts) == 2
    assert "An earlier attempt was not accepted" in drafts[1]["messages"][0]["content"]
    (made,) = [m for m in suggestion.made if m.part == "communicate"]
    assert made.mode == "extractive"
    assert "is missing" in made.reason or "seconds" in made.reason
    assert suggestion.draft == suggested(desk, mode="extractive").draft


def test_an_unknown_mark_takes_its_sentence_out(desk: Desk, says: Any) -> None:
    def cites(asked: dict[str, Any]) -> str:
        extra = "\nYour warranty covers everything [zzzz]."
        return good(asked) + (extra if is_for(asked, "draft") else "")

    says(cites)
    suggestion = suggested(desk)

    assert "covers everything" not in suggestion.draft.text
    (made,) = [m for m in suggestion.made if m.part == "communicate"]
    assert "no statement [zzzz]" in made.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "I will refund you 500 GBP today.",
        "We guarantee you a new Hub 2 by Friday.",
        "Could you send me your password?",
        "See https://fennwick.example.net/claim for more.",
        "Call us on +44 20 7946 0991 for a faster answer.",
    ],
)
def test_what_is_not_the_models_to_say_never_reaches_the_reply(
    sentence: str, desk: Desk, says: Any
) -> None:
    says(lambda asked: good(asked) + (f"\n\n{sentence}" if is_for(asked, "draft") else ""))

    suggestion = suggested(desk)

    assert sentence not in suggestion.draft.text
    (made,) = [m for m in suggestion.made if m.part == "communicate"]
    assert sentence.rsplit(maxsplit=1)[-1].rstrip(".?") in made.reason


def test_a_procedure_without_one_of_its_steps_is_not_taken(desk: Desk, says: Any) -> None:
    def shortened(asked: dict[str, Any]) -> str:
        if not is_for(asked, "draft"):
            return good(asked)
        return "\n".join(good(asked).splitlines()[1:])

    says(shortened)
    suggestion = suggested(desk)

    (made,) = [m for m in suggestion.made if m.part == "communicate"]
    assert made.mode == "extractive"
    assert "step" in made.reason


def test_a_leaked_canary_discards_the_whole_reply(desk: Desk, says: Any) -> None:
    def leaks(asked: dict[str, Any]) -> str:
        rules = asked["messages"][0]["content"]
        canary = rules.split("- ")[-1].split()[0]
        return f"{canary} {good(asked)}" if is_for(asked, "draft") else good(asked)

    says(leaks)
    suggestion = suggested(desk)

    (made,) = [m for m in suggestion.made if m.part == "communicate"]
    assert made.mode == "extractive"
    assert "keep to itself" in made.reason


def test_a_fact_the_model_reads_needs_its_words_in_the_ticket(desk: Desk, says: Any) -> None:
    def reads(asked: dict[str, Any]) -> str:
        if not is_for(asked, "understand"):
            return good(asked)
        facts = [
            {"path": "device.light", "value": "blinking amber", "quote": "Its light blinks amber"},
            {"path": "device.damage", "value": "drop", "quote": "I dropped it"},
            {"path": "order.total", "value": "9", "quote": "since I changed the router"},
        ]
        (name,) = [block for block in blocks(asked) if block != "ticket"]
        return json.dumps({"issues": [{"id": name, "statement": "x", "facts": facts}]})

    says(reads)
    paths = {fact.path for fact in suggested(desk).issue.facts}

    assert "device.damage" not in paths
    assert "order.total" not in paths


def test_without_a_model_llm_is_refused_and_auto_is_extractive(tmp_path: Any) -> None:
    from assist.service.desk import Desk
    from tests.service.parts import a_kb, some_parts

    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    desk.ingest(a_kb(tmp_path / "kb", hub="Press the button."), progress=lambda *_: None)

    with pytest.raises(BadSetting, match="no language model is set"):
        suggested(desk, mode="llm")
    assert suggested(desk).mode == "extractive"
