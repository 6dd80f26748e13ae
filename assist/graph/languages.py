"""What the ticket's language means for the steps: may it be answered, and in whose words."""

from assist.domain.case import Case
from assist.domain.issue import Abstention
from assist.domain.language import Lack, TicketLanguage, name_of
from assist.graph.tools import Tools

_LACKS: dict[Lack, tuple[str, str]] = {
    "articles": (
        "no article for customers is in {name}",
        "articles in {name}",
    ),
    "embedder": (
        "the embedding model does not read {name}",
        "an embedding model that reads {name} (ASSIST_EMBEDDER)",
    ),
    "certainty": (
        "it is not certain that it is {name} and no language close to it",
        "the customer's locale with the ticket",
    ),
    "wording": (
        "there is no wording in {name} for the sentences around the facts",
        "a tone file in {name}",
    ),
}
"""Why there is no answer, and what would help, by what is missing."""


def is_unread(case: Case) -> bool:
    """Whether nothing here can read what the customer wrote."""
    return case.language is not None and not case.language.answerable


def reply_language(case: Case) -> str:
    """The language the reply is written in."""
    return case.language.reply if case.language else "en"


def in_company_words(case: Case, tools: Tools) -> bool:
    """Whether the company's own sentences (questions, promises, notices) fit into the reply.

    They are in the language most articles are in, and nobody here translates them.
    """
    return reply_language(case) == tools.abilities.house


def language_abstention(language: TicketLanguage) -> Abstention:
    """Why a ticket in this language gets no answer, naming what is missing."""
    name = language.name
    reasons = "; ".join(_LACKS[lack][0].format(name=name) for lack in language.lacks)
    helps = ", ".join(_LACKS[lack][1].format(name=name) for lack in language.lacks)
    return Abstention(
        code="no_evidence",
        reason=f"the ticket is in {name} ({language.how}), which cannot be answered: {reasons}",
        would_help=f"A colleague who reads {name}. For the next ones: {helps}.",
    )


def language_notes(language: TicketLanguage, tools: Tools) -> tuple[str, ...]:
    """What the agent should know about the language before they read the rest."""
    name, house = language.name, name_of(tools.abilities.house)
    notes = []
    if language.also:
        others = " and ".join(map(name_of, language.also))
        notes.append(f"the ticket is mostly in {name}, and partly in {others}")
    if language.lacks:
        notes.append(
            f"nobody has read this ticket: it is in {name}. The reply, in "
            f"{name_of(language.reply)}, only thanks the customer, says that somebody who reads "
            "their language will read it, and names the next contact"
        )
    elif language.code != tools.abilities.house:
        notes.append(
            f"the ticket is in {name}: the company's questions, promises and notices are in "
            f"{house} and left out of the reply, and its signal phrases (smoke, fire) may not "
            f"be heard in {name}, so read the ticket for danger yourself"
        )
    if language.code != tools.abilities.house and not tools.abilities.embedder:
        notes.append(
            "which languages the embedding model reads is not known; "
            "say so with ASSIST_EMBEDDER_LANGUAGES"
        )
    return tuple(notes)
