"""Does the reply rest on the right documents, and on none that it must not use?"""

from assist.domain.eval_case import EvalCase, Expect
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """The share met of: one of `documents` is used; each of `never_documents` is not cited.

    What a customer may read is used when the draft cites it; what is internal cannot be cited,
    and is used when it is among the hits.
    """
    cited = {c.document_id for s in suggestion.draft.sentences for c in s.citations}
    internal = {h.document_id for h in suggestion.hits if h.passage.audience == "internal"}
    parts = [
        Part(document not in cited, f"cites {document}") for document in case.expect.never_documents
    ]
    if wanted := case.expect.documents:
        used = ", ".join(sorted(cited)) or "nothing"
        met = bool((cited | internal) & set(wanted))
        parts.append(Part(met, f"none of {', '.join(wanted)}; cites {used}"))
    return share_met(parts)


def _states(expect: Expect) -> bool:
    return bool(expect.documents or expect.never_documents)


SCORER = Scorer("evidence", _states, judge)
