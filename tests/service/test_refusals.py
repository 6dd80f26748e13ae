"""A knowledge base that is refused: what serves goes on, and says so until a good one comes."""

from pathlib import Path

import pytest

from assist.errors import BadKnowledgeBase
from tests.service.parts import a_kb, ingested, some_parts


def test_a_refusal_is_told_until_something_is_taken_again(tmp_path: Path) -> None:
    parts = some_parts()
    good = a_kb(tmp_path / "good", reset="Hold the button.")
    ingested(parts, good)

    def refuse(_files: object, _documents: object) -> None:
        raise BadKnowledgeBase("unknown key 'hwen'", where="policies/returns.md:9", cure="when")

    with pytest.raises(BadKnowledgeBase):
        ingested(parts, a_kb(tmp_path / "bad", reset="Changed."), check=refuse)
    refusal, serving = parts.knowledge.refused(), parts.knowledge.current()
    assert refusal is not None
    assert serving is not None
    assert refusal.told(serving) == (
        "a newer knowledge base was refused on 2026-11-20 at 10:00 UTC "
        "(policies/returns.md:9: unknown key 'hwen'); generation 1 of 2026-11-20 keeps serving"
    )

    ingested(parts, good)
    assert parts.knowledge.refused() is None


def test_the_first_knowledge_base_that_is_refused_leaves_nothing_to_tell(tmp_path: Path) -> None:
    parts = some_parts()

    def refuse(_files: object, _documents: object) -> None:
        raise BadKnowledgeBase("unknown key 'hwen'", where="policies/returns.md:9", cure="when")

    with pytest.raises(BadKnowledgeBase) as raised:
        ingested(parts, a_kb(tmp_path, reset="Changed."), check=refuse)
    assert raised.value.cure == "when"
    assert parts.knowledge.refused() is None
