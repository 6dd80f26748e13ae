"""One issue -> its blocks: what we will do, what is known, what others decide, what is open."""

from collections.abc import Mapping, Sequence

from assist.domain.case import Case
from assist.domain.draft import Sentence
from assist.domain.issue import Issue
from assist.domain.knowledge import Passage
from assist.drafting.channels import Form
from assist.drafting.facts import fact_blocks
from assist.drafting.layout import Block
from assist.drafting.macros import macro_blocks
from assist.drafting.opening import courtesy
from assist.drafting.promises import promise_sentence
from assist.drafting.setting import Part, Voice

MAX_FACTS = 16
"""Longer than this a reply is an article; the agent can link it instead."""
MAX_OPEN = 3
"""Questions of the customer that are named as open; more reads as if nothing had been answered."""
_DECIDED_ELSEWHERE = frozenset(
    {"legal", "press", "safety", "security", "authority", "mandatory_clause"}
)
"""Escalations in which others decide: a refusal of ours would come before their answer."""


def part_blocks(
    part: Part, case: Case, voice: Voice, passages: Mapping[str, Passage]
) -> list[Block]:
    """Everything the reply says about one issue, without a label."""
    setting, form, words = voice
    if part.solved:  # what to do about it they have just done
        works = any(signal.name == "solved" for signal in case.signals)
        return [Block(sentences=(courtesy(words["glad" if works else "welcome"]),))]
    if part.issue.abstention is not None:
        return [*_on_record(part, voice), *_unanswered(part, case, voice)]
    if part.macro is not None:
        return macro_blocks(part.macro)
    promised = () if form.public else tuple(map(promise_sentence, part.promises))
    blocks = [Block(sentences=promised), *_on_record(part, voice)]
    facts = part.citations[:MAX_FACTS]
    lead = courtesy(words["steps_tried" if _tried(part.issue, case) else "steps"])
    blocks += part.written or fact_blocks(facts, passages, lead, setting.elsewhere)
    if part.needs_approval and not setting.notices:
        blocks.append(Block(sentences=(courtesy(words["beyond"]),)))
    return blocks + _open(words["open_points"], part, form)


def _on_record(part: Part, voice: Voice) -> list[Block]:
    """What we know already, so that nobody is sent to look for it; never where others read it."""
    if voice.form.public or not part.on_record:
        return []
    told = tuple(
        Sentence(text=line, kind="courtesy", support="inferred") for line in part.on_record
    )
    lead = courtesy(voice.words["on_record"])
    return [Block(sentences=told, style="bulleted", need="told", lead=lead)]


def _tried(issue: Issue, case: Case) -> bool:
    """Whether something was tried about this issue; of several only what its own text tells."""
    return any(len(case.issues) < 2 or told in issue.text for told in issue.tried)


def _unanswered(part: Part, case: Case, voice: Voice) -> list[Block]:
    """That there is no answer yet, and what is being checked, unless a notice has said it."""
    setting, form, words = voice
    entry = _abstained(part.issue)
    if setting.notices and _said_by_notice(entry, case):
        return []
    said = [Block(sentences=(courtesy(words[entry]),))]
    return said + (_open(words["checking"], part, form) if entry == "no_answer" else [])


def _abstained(issue: Issue) -> str:
    code = issue.abstention.code if issue.abstention else "no_evidence"
    if issue.abstention and issue.abstention.forbidden:
        return "refused"
    return {"missing_facts": "need_facts", "out_of_authority": "beyond"}.get(code, "no_answer")


def _said_by_notice(entry: str, case: Case) -> bool:
    codes = {t.code for t in case.escalation.triggers} if case.escalation else set[str]()
    if entry == "refused":
        return bool(codes & _DECIDED_ELSEWHERE)
    return entry in ("beyond", "no_answer")


def _open(lead: str, part: Part, form: Form) -> list[Block]:
    """The customer's questions that stay open, in their words; in public they are not repeated."""
    if form.public or not part.open_points:
        return []
    named: Sequence[Sentence] = [courtesy(f"“{point}”") for point in part.open_points[:MAX_OPEN]]
    return [
        Block(sentences=tuple(named), style="bulleted", need="open", lead=courtesy(lead)),
    ]
