from importlib import resources

from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.policies.escalation_triggers import TESTS
from assist.policies.reading import read_policy_set
from assist.policies.rule_files import DEFAULTED
from assist.policies.verdicts import judge
from tests.policies.rules import DEFAULTS, TODAY


def as_a_companys_own() -> PolicySet:
    folder = resources.files("assist.defaults")
    files = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in DEFAULTED}
    return read_policy_set(files, (), "defaults")


def test_the_packaged_defaults_pass_every_check_that_a_companys_files_pass() -> None:
    assert as_a_companys_own() == DEFAULTS.model_copy(update={"defaults": ()})


def test_what_a_knowledge_base_does_not_bring_is_named() -> None:
    assert DEFAULTS.defaults == DEFAULTED


def test_there_is_a_rule_for_every_code_and_a_test_for_every_rule() -> None:
    assert {rule.code for rule in DEFAULTS.escalation.rules} == set(TESTS)
    assert all(
        rule.customer_notice and rule.decision_requested for rule in DEFAULTS.escalation.rules
    )


def test_without_a_policy_an_agent_may_call_back_and_nothing_else() -> None:
    kinds = {action.kind for action in DEFAULTS.actions}
    verdicts = {
        kind: judge(Action(kind=kind), DEFAULTS, facts={}, on=TODAY, level="agent").value
        for kind in (*kinds, "refund")
    }
    assert verdicts == {"callback": "allowed", "refund": "needs_approval"}


def test_no_default_phrase_is_given_twice_in_one_list() -> None:
    lists = [rule.phrases for rule in DEFAULTS.escalation.rules]
    lists += [signal.phrases for signal in DEFAULTS.sla.signals]
    lists += [category.terms for category in DEFAULTS.categories]
    assert all(len(set(phrases)) == len(phrases) for phrases in lists)
