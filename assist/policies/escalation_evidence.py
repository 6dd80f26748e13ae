"""What in the customer's words speaks for a rule: mentions of phrases, of signals, in context."""

from collections.abc import Iterator

from assist.domain.escalation_rules import EscalationRule, PairedPhrases
from assist.domain.policy import PolicySet
from assist.language.phrases import Mention, find
from assist.policies.situation import Situation

CONTEXT = 120
"""Characters shown on each side of the words that triggered."""


def rule_mentions(rule: EscalationRule, situation: Situation) -> tuple[Mention, ...]:
    """Where the customer says one of the phrases that are a trigger by themselves."""
    return find(rule.phrases, situation.text, rule.not_phrases)


def heard(name: str, policy_set: PolicySet, situation: Situation) -> tuple[str, ...]:
    """The words in which a signal is heard, by `sla.yaml` or noticed in the ticket before."""
    spans = [mention.text for mention in signal_mentions(name, policy_set, situation)]
    spans += [signal.span for signal in situation.signals if signal.name == name]
    return tuple(spans)


def signal_mentions(name: str, policy_set: PolicySet, situation: Situation) -> tuple[Mention, ...]:
    """Where a signal of `sla.yaml` is heard in the customer's words."""
    return tuple(
        mention
        for signal in policy_set.sla.signals
        if signal.name == name
        for mention in find(signal.phrases, situation.text, signal.not_phrases)
    )


def paired(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """The first phrase that counts because of a signal beside it, with that signal's words."""
    found = (_beside(pair, policy_set, situation) for pair in rule.paired)
    return next(filter(None, found), "")


def in_context(text: str, mention: Mention) -> str:
    """The mention with the rest of its line around it, white space folded."""
    left = max(0, mention.start - CONTEXT)
    before = text[left : mention.start].rsplit("\n", 1)[-1]
    before = before if left == 0 or len(before) < mention.start - left else before.partition(" ")[2]
    after = text[mention.end : mention.end + CONTEXT].split("\n", 1)[0]
    if len(after) == CONTEXT and mention.end + CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{mention.text}{after}".split())


def _beside(pair: PairedPhrases, policy_set: PolicySet, situation: Situation) -> str:
    said = find(pair.phrases, situation.text, pair.not_phrases)
    signals = list(_heard_of(pair, policy_set, situation))
    if not said or not signals:
        return ""
    return f"{in_context(situation.text, said[0])} — and “{signals[0]}”"


def _heard_of(pair: PairedPhrases, policy_set: PolicySet, situation: Situation) -> Iterator[str]:
    for name in pair.signals:
        yield from heard(name, policy_set, situation)
