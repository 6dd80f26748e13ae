"""What must hold for every suggestion, whatever the ticket."""

from assist.domain.suggestion import Suggestion
from assist.language.statements import fold
from assist.service.desk import Desk


def check_sound(suggestion: Suggestion, desk: Desk) -> None:
    """Choice or abstention; facts cited verbatim from what a customer may see; promises listed."""
    for issue in suggestion.issues:
        assert (issue.choice is None) != (issue.abstention is None)
        assert issue.priority is not None
        assert issue.points
        own = [c for c in suggestion.candidates if c.issue_id == issue.id]
        assert 2 <= len(own) <= 5
        assert any(c.verdict and c.verdict.value == "allowed" for c in own)
    for sentence in suggestion.draft.sentences:
        assert sentence.text in suggestion.draft.text
        assert (sentence.kind == "fact") == bool(sentence.citations)
        for citation in sentence.citations:
            passage = desk.passage(citation.passage_id)
            assert fold(citation.quote) in fold(passage.text)
            assert (passage.kind, passage.audience) == ("kb", "customer")
            assert passage.document_id == citation.document_id
    said = {s.text for s in suggestion.draft.sentences if s.kind == "promise"}
    assert {p.text for p in suggestion.promises} == said
    assert suggestion.escalation.needed == bool(suggestion.escalation.triggers)
