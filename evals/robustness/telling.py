"""A case -> the same case with what the customer wrote told otherwise."""

from collections.abc import Callable, Iterable, Sequence

from assist.domain.policy import PolicySet
from assist.domain.ticket import Message, Ticket
from assist.understanding.products import product_choices, product_names
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Setting, Skip, Variant
from evals.robustness.protected import pieces

NOTHING = "nothing in it to change"
NOT_ENGLISH = "not in English"
Rewrite = Callable[[str], str]


def retold(case: EvalCase, rewrite: Rewrite, keep: Iterable[str] = ()) -> EvalCase:
    """The case with the free parts of subject and customer's messages rewritten.

    What agents wrote is ours and stays, as do codes, numbers, addresses and the words of `keep`.
    """
    kept = tuple(keep)

    def told(text: str) -> str:
        return "".join(rewrite(p.text) if p.free else p.text for p in pieces(text, kept))

    return whole(case, told)


def whole(case: EvalCase, rewrite: Rewrite) -> EvalCase:
    """The same with whole texts rewritten, protected parts and all."""
    ticket = case.ticket
    changed = {
        "subject": rewrite(ticket.subject) if ticket.subject else ticket.subject,
        "messages": tuple(
            m.model_copy(update={"text": rewrite(m.text)}) if _theirs(m) else m
            for m in ticket.messages
        ),
    }
    return with_ticket(case, ticket.model_copy(update=changed))


def around(case: EvalCase, before: str = "", after: str = "") -> EvalCase:
    """The case with words before their first message and after their last."""
    theirs = [n for n, message in enumerate(case.ticket.messages) if _theirs(message)]
    if not theirs:
        return case
    texts = {n: case.ticket.messages[n].text for n in theirs}
    texts[theirs[0]] = f"{before}{texts[theirs[0]].lstrip()}" if before else texts[theirs[0]]
    texts[theirs[-1]] = f"{texts[theirs[-1]].rstrip()}{after}" if after else texts[theirs[-1]]
    messages = tuple(
        m.model_copy(update={"text": texts[n]}) if n in texts else m
        for n, m in enumerate(case.ticket.messages)
    )
    return with_messages(case, messages)


def with_messages(case: EvalCase, messages: Sequence[Message]) -> EvalCase:
    """The case with these messages, under the same ticket's id."""
    return with_ticket(case, case.ticket.model_copy(update={"messages": tuple(messages)}))


def with_ticket(case: EvalCase, ticket: Ticket) -> EvalCase:
    """The case with this ticket."""
    return case.model_copy(update={"ticket": ticket})


def written(case: EvalCase) -> str:
    """All that the customer wrote, subject first."""
    return "\n".join(filter(None, (case.ticket.subject, *(m.text for m in case.ticket.asked))))


def names_in(case: EvalCase, rules: PolicySet) -> tuple[str, ...]:
    """Names no rewording may change: the company's, its products', the customer's own."""
    company = rules.company.split()[:1]
    return (
        *product_names(product_choices(rules.facts)),
        *company,
        *(case.ticket.customer.name or "").split(),
    )


def one(name: str, before: EvalCase, after: EvalCase) -> Found:
    """The variant, unless nothing was changed."""
    if before.ticket == after.ticket:
        yield Skip(name, NOTHING)
    else:
        yield Variant(name, after)


def in_english(name: str, case: EvalCase, setting: Setting, tell: Rewrite) -> Found:
    """One variant by rules about English words; names and codes stay."""
    if not setting.english:
        yield Skip(name, NOT_ENGLISH)
        return
    yield from one(name, case, retold(case, tell, names_in(case, setting.rules)))


def _theirs(message: Message) -> bool:
    return message.author == "customer" and message.public
