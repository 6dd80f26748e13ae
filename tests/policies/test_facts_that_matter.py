"""Which facts a verdict waits for: those that could change it."""

from assist.policies.verdicts import judge
from tests.policies.rules import TODAY, a_clause, a_policy, a_refund, rules


def test_a_fact_is_asked_for_only_where_it_could_change_what_is_decided() -> None:
    """An open clause that says what is said after it anyway needs no fact."""
    hurt = a_clause("returns.hurt", type="mandatory", when="order.paid == false", effect="forbid")
    worn = a_clause("returns.worn", type="exception", when="device.state == 'worn'")
    always = a_clause("returns.always")
    found = judge(
        a_refund(),
        rules(a_policy(hurt, worn, always)),
        facts={},
        on=TODAY,
        level="agent",
        granted=(),
    )
    assert (found.value, found.facts) == ("unknown", ("order.paid",))
