"""What the page of trends says."""

from collections.abc import Mapping

from assist.domain.trends import Rate, RateName

WORDS: Mapping[str, str] = {
    "title": "Trends",
    "skip": "Skip to the trends",
    "since": "First day",
    "until": "Last day",
    "show": "Show",
    "nothing": "Nothing to show",
    "empty": "No case came in this time. Cases are counted once tickets are opened as cases.",
    "volume": "What came",
    "volume_says": "Cases by the day their ticket was written; pale bars are not over yet. "
    "A dashed line is a day from which on more or fewer came than by chance.",
    "changes": "What changed",
    "no_changes": "No category changed beyond chance.",
    "speed": "How long customers waited",
    "speed_says": "Half of the customers had it within this time; in brackets the 95 % interval.",
    "rates": "How it went",
    "rates_says": "A rate is told from ten on, with its 95 % interval.",
    "before": "Before",
    "csv": "As a table (CSV)",
    "systemic": "What keeps coming",
    "systemic_says": "Cases alike in category, product and the clause that decided them, five or "
    "more; those that brought most contacts first.",
    "scattered": "cases are of no such issue",
    "no_systemic": "No five cases are alike.",
    "table": "table",
    "tickets": "The newest tickets",
    "upstream": "Fix this upstream",
    "not_done": "That was not done",
    "item_title": "What is to be mended",
    "item_owner": "Who mends it",
    "item_note": "Note, or why",
    "item_open": "Have it mended",
    "item_change": "Change how it stands",
    "item_assign": "Give it to them",
    "item_done": "It is done today",
    "item_drop": "Drop it",
    "item_reopen": "Open it again",
    "friction": "Clauses that rub",
    "friction_says": "Of each clause's uses, so many per 100; under ten, how many.",
    "no_friction": "No clause made any trouble.",
    "preventable": "What need not have come",
    "no_preventable": "Nothing that a word in time would have avoided.",
    "helps": "Would help",
    "praise": "Praise to pass on",
    "no_praise": "No praise in this time.",
    "for": "for",
    "nobody": "By topic: nobody is named but where a customer praises.",
}
RATES: Mapping[RateName, tuple[str, str]] = {
    "came_back": ("Came back", "of cases whose outcome is known"),
    "satisfied": ("Satisfied", "of ratings, those of 4 or 5"),
    "escalated": ("Escalated", "of all cases"),
    "set_aside": ("Suggestions set aside", "of those decided about"),
}
"""A rate, and of what it is one."""


def short(rate: Rate) -> str:
    """A rate in a tile: the number alone, or a dash where there are too few."""
    return f"{rate.now.rate:.0%}" if rate.now.rate is not None else "–"
