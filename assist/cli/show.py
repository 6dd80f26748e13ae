"""A suggestion for people at a terminal."""

from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from assist.domain.draft import Sentence
from assist.domain.language import TicketLanguage, name_of
from assist.domain.solution import Candidate, Score
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket

_VERDICT = {
    "allowed": "[green]within your authority[/]",
    "needs_approval": "[yellow]needs approval[/]",
    "forbidden": "[red]not permitted[/]",
    "unknown": "[yellow]depends on missing facts[/]",
}
_MARK = {"fact": "green", "promise": "magenta", "question": "cyan", "courtesy": "dim"}


def show_suggestion(ticket: Ticket, suggestion: Suggestion) -> None:
    """The whole suggestion, top to bottom as an agent reads it."""
    console = Console(highlight=False)
    console.rule(f"[bold]{_plain(ticket.subject or ticket.id)}[/]  {_plain(suggestion.id)}")
    console.print(_head(suggestion))
    console.print(_candidates(suggestion))
    console.print(_decision(suggestion))
    console.print(Panel(_draft(suggestion), title="Reply", border_style="blue"))
    for part in (_sources(suggestion), _escalation(suggestion), _plan(suggestion)):
        if part is not None:
            console.print(part)
    for made in suggestion.made:
        how = "by the language model" if made.mode == "llm" else "without the language model"
        console.print(f"[dim]{made.part} {how}: {_plain(made.reason)}[/]")
    for note in suggestion.notes:
        console.print(f"[dim]note: {_plain(note)}[/]")


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}"


def _plain(text: str) -> str:
    """Square brackets in foreign text are not markup."""
    return text.replace("[", "\\[")


def _head(suggestion: Suggestion) -> RenderableType:
    lines = []
    for issue in suggestion.issues:
        priority = issue.priority
        level = f"[bold]{priority.level}[/]" if priority else ""
        lines.append(
            f"{level} {_plain(issue.statement)} [dim]({issue.category or 'no category'})[/]"
        )
        if priority:
            lines.append(f"   [dim]{_plain('; '.join(priority.reasons))}[/]")
            lines.append(
                f"   [dim]first response due {_when(priority.clocks.first_response_due)}[/]"
            )
        lines += [f"   point: {_plain(p.text)} [dim]{p.status}[/]" for p in issue.points]
        lines += [
            f"   may be: {_plain(c.statement)} [dim]check: {_plain(c.check)}[/]"
            for c in issue.causes
        ]
    if suggestion.language:
        lines.append(f"[dim]{_language(suggestion.language)}[/]")
    lines += [f"signal: {s.name} “{_plain(s.span)}”" for s in suggestion.signals]
    if suggestion.completeness:
        items = suggestion.completeness.items
        missing = [item.label for item in items if not item.known]
        if missing:
            told = f"{len(items) - len(missing)} of {len(items)}"
            lines.append(f"the ticket tells {told}; not yet: {_plain(', '.join(missing))}")
    return "\n".join(lines)


def _language(language: TicketLanguage) -> str:
    reply = (
        f"; the reply is in {name_of(language.reply)}" if language.reply != language.code else ""
    )
    return f"language: {language.name} ({language.how}){reply}"


def _candidates(suggestion: Suggestion) -> str:
    chosen = {i.choice.candidate_id for i in suggestion.issues if i.choice}
    titles = {candidate.id: candidate.title for candidate in suggestion.candidates}
    lines = ["[bold]Solutions[/]"]
    for candidate in suggestion.candidates:
        mark = "[green]➤[/]" if candidate.id in chosen else " "
        lines.append(
            f" {mark} {_plain(candidate.title)} · {_verdict(candidate)} [dim]{candidate.id}[/]"
        )
        scores = ", ".join(f"{s.name} {_score(s)}" for s in candidate.scores)
        lines.append(f"     [dim]{scores}[/]")
        if candidate.verdict and (candidate.verdict.clauses or candidate.verdict.arithmetic):
            why = "; ".join((*candidate.verdict.clauses, *candidate.verdict.arithmetic))
            lines.append(f"     [dim]{_plain(why)}[/]")
        if candidate.alternative_id:
            lines.append(f"     you may instead: {_plain(titles[candidate.alternative_id])}")
    return "\n".join(lines)


def _verdict(candidate: Candidate) -> str:
    verdict = candidate.verdict
    if verdict is None:
        return "not judged"
    approved = f"approved by {verdict.approved_by}" if verdict.approved_by else ""
    detail = verdict.level or approved or ", ".join(verdict.facts)
    return _VERDICT[verdict.value] + (f" ({_plain(detail)})" if detail else "")


def _score(score: Score) -> str:
    return "–" if score.value is None else f"{score.value:.2f}"


def _decision(suggestion: Suggestion) -> str:
    lines = []
    for issue in suggestion.issues:
        if issue.choice:
            flips = f"; flips if {issue.choice.flips_if}" if issue.choice.flips_if else ""
            lines.append(
                f"[bold]Choice[/] {issue.choice.candidate_id}: {_plain(issue.choice.reason)}{flips}"
            )
        elif issue.abstention:
            why = f"{issue.abstention.code}: {_plain(issue.abstention.reason)}"
            lines.append(
                f"[bold yellow]No answer[/] {why}\n   {_plain(issue.abstention.would_help)}"
            )
    return "\n".join(lines)


def _draft(suggestion: Suggestion) -> Text:
    """The reply as laid out, each sentence in the color of its kind."""
    text = Text(suggestion.draft.text)
    at = 0
    for sentence in suggestion.draft.sentences:
        start = suggestion.draft.text.index(sentence.text, at)
        at = start + len(sentence.text)
        text.stylize(_MARK[sentence.kind], start, at)
    return text


def _sources(suggestion: Suggestion) -> RenderableType | None:
    cited = [s for s in suggestion.draft.sentences if s.citations]
    if not cited:
        return None
    return "[bold]Sources[/]\n" + "\n".join(_source(s) for s in cited)


def _source(sentence: Sentence) -> str:
    places = ", ".join(c.passage_id for c in sentence.citations)
    return f"   [dim]{_plain(sentence.text[:60])}… ← {_plain(places)}[/]"


def _escalation(suggestion: Suggestion) -> RenderableType | None:
    escalation = suggestion.escalation
    if not escalation.needed:
        return None
    lines = [f"{t.code}: {_plain(t.evidence)}" for t in escalation.triggers]
    if escalation.path:
        lines.append(f"to {_plain(escalation.path.team)} ({_plain(escalation.path.role)})")
    if escalation.deadline:
        lines.append(f"by {_when(escalation.deadline)}")
    lines.append(f"\n{_plain(escalation.internal_notice)}")
    return Panel("\n".join(lines), title="Escalate", border_style="red")


def _plan(suggestion: Suggestion) -> RenderableType:
    lines = [
        f"   ☐ {_plain(i.action)} [dim]{i.owner}{f', by {_when(i.due)}' if i.due else ''}[/]"
        for i in suggestion.plan
    ]
    lines += [
        f"   ↻ {_plain(f.what)} [dim]{f.channel}, {f.due:%Y-%m-%d}[/]"
        for f in suggestion.follow_ups
    ]
    lines += [
        f"   ⇢ ask {_plain(c.owner)}: {_plain(c.question)} [dim]{c.state}, by {_when(c.due)}[/]"
        for c in suggestion.consultations
    ]
    return Group("[bold]Plan[/]", *lines)
