"""The company's canned reply for an issue, where one fits better than the articles do."""

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.knowledge import Hit
from assist.domain.solution import Candidate
from assist.drafting.macros import Macro, usable_macro
from assist.graph.called_for import informs
from assist.graph.steps.gather import quotable
from assist.graph.tools import Tools


def canned_reply(issue: Issue, chosen: Candidate | None, case: Case, tools: Tools) -> Macro | None:
    """The macro found first of all, filed where the issue is; it stands for an answer, not an act.

    None where an article was found above it, where the customer tells of more than one thing tried
    or asked, or where the macro says that something was done.
    """
    if chosen is None or not informs(chosen) or len(issue.points) > 1 or issue.tried:
        return None
    hits = case.hits.get(issue.id, ())
    macro = next((hit for hit in hits if hit.kind == "kb" and hit.passage.macro), None)
    if macro is None or tools.category_of(macro.document_id) != issue.category:
        return None
    if not _leads(macro, hits):
        return None
    return usable_macro(tools.document(macro.document_id))


def _leads(macro: Hit, hits: tuple[Hit, ...]) -> bool:
    return all(macro.score >= hit.score for hit in quotable(hits))
