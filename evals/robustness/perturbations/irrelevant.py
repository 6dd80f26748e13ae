"""Things that have nothing to do with the request, said after it."""

from assist.domain.policy import PolicySet
from assist.language.phrases import mentions
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting, Skip, Variant
from evals.robustness.substitution import listed
from evals.robustness.telling import NOT_ENGLISH, around

SAID = ("weather", "family", "hobby")
BOILERPLATE = ("signature", "disclaimer")


def _appended(case: EvalCase, setting: Setting) -> Found:
    if not setting.english:
        yield Skip("aside", NOT_ENGLISH)
        return
    for topic in SAID:
        fit = [s for s in listed("irrelevant", topic) if not _matters(s, setting.rules)]
        if fit:
            number = int(setting.drawing(case.id, "irrelevant", topic).integers(len(fit)))
            yield Variant(topic, around(case, after=f"\n\n{fit[number]}"))
        else:
            yield Skip(topic, "the company has a rule about it")
    for topic in BOILERPLATE:
        (said,) = listed("irrelevant", topic)
        yield Variant(topic, around(case, after=said))


def _matters(sentence: str, rules: PolicySet) -> bool:
    """Whether the company has a rule that listens for words of the sentence."""
    signals = (signal.phrases for signal in rules.sla.signals)
    triggers = (rule.phrases for rule in rules.escalation.rules)
    topics = (category.terms for category in rules.categories)
    wishes = (action.signals for action in rules.actions)
    heard = (*signals, *triggers, *topics, *wishes)
    return any(mentions(phrases, sentence) for phrases in heard)


PERTURBATION = Perturbation(
    "irrelevant", "noise", "weather, family, a signature, a disclaimer appended", _appended
)
