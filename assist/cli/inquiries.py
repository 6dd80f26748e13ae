"""`assist inquiries`: what customers ask most, with the article and the reply that answer it."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from assist.cli.options import Home, Json, Workspace, fails_cleanly
from assist.domain.inquiries import CommonInquiry, Inquiries
from assist.settings import read_settings


@fails_cleanly
def inquiries_command(
    weeks: Annotated[int, typer.Option(help="How many weeks to look back.")] = 4,
    top: Annotated[int, typer.Option(help="How many inquiries are shown, at most.")] = 10,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """List what customers ask most, with the article and the reply that answer it.

    Counted are the tickets that something was suggested for, and those ingested as solved.
    """
    from assist.wiring import opened

    with opened(read_settings(home, workspace)) as desk:
        found = desk.inquiries(weeks, top)
    if as_json:
        print(found.model_dump_json())
    else:
        _show(found, Console(highlight=False))


def _show(found: Inquiries, console: Console) -> None:
    console.print(
        f"{found.tickets} issues between {found.since:%Y-%m-%d} and {found.until:%Y-%m-%d}, "
        f"{found.single} of them like no other"
    )
    if found.unread:
        console.print(f"[yellow]{found.unread} older ones were left out: too many to compare[/]")
    for inquiry in found.inquiries:
        console.print(_told(inquiry))
        if inquiry.reply:
            title = f"{inquiry.reply.source}: {escape(inquiry.reply.title)}"
            console.print(Panel(escape(inquiry.reply.text), title=title, border_style="blue"))


def _told(inquiry: CommonInquiry) -> str:
    category, tickets = inquiry.category or "no category", ", ".join(inquiry.ticket_ids)
    how_often = f"{inquiry.share:.0%} of all, {inquiry.before} in the time before"
    lines = [
        f"\n[bold]{inquiry.count} ×[/] {escape(inquiry.statement)} [dim]({escape(category)})[/]",
        f"   [dim]{how_often}, {inquiry.answered:.0%} answered; {escape(tickets)}[/]",
    ]
    if inquiry.article:
        article = inquiry.article
        where = f", {', '.join(article.regions)}" if article.regions else ""
        lines.append(
            f"   article: {escape(article.title)} "
            f"[dim]({escape(article.document_id)}{escape(where)}; {escape(article.why)})[/]"
        )
    else:
        lines.append("   [yellow]no article answers it[/]")
    return "\n".join(lines)
