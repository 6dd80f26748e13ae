"""What actions cost and which are offered, where the usual does not apply."""

from datetime import date, timedelta

from assist.domain.actions import ParameterType
from assist.domain.solution import Action
from assist.policies.actions import action_cost, possible_actions
from tests.policies.rules import TODAY, an_action_type, money, rules


def test_a_cost_that_is_no_amount_is_not_known() -> None:
    policy_set = rules(actions=(an_action_type(),))
    told = Action(kind="refund", parameters={"amount": "much"})
    assert action_cost(told, policy_set) is None
    assert action_cost(Action(kind="refund", parameters={"amount": money(5)}), policy_set) == (
        money(5)
    )


def test_a_condition_on_an_action_is_read_on_the_day_of_the_case() -> None:
    late = an_action_type(when="days_since(order.delivered_at) == 1", signals=())
    policy_set = rules(actions=(late,))

    def offered(on: date) -> list[str]:
        facts = {"order.delivered_at": "2026-11-19"}
        found = possible_actions(policy_set, category_ids=["returns"], text="", facts=facts, on=on)
        return [action.kind for action in found]

    assert offered(TODAY) == ["refund"]
    assert offered(TODAY + timedelta(1)) == []


def test_a_default_stands_in_only_where_the_fact_tells_nothing() -> None:
    usual = ParameterType(type="text", default="card", default_fact="device.serial")
    policy_set = rules(actions=(an_action_type(parameters={"to": usual}, cost_parameter=None),))

    def to(**facts: str) -> object:
        given = {path.replace("_", "."): value for path, value in facts.items()}
        found = possible_actions(
            policy_set, category_ids=["returns"], text="", facts=given, on=TODAY
        )
        return found[0].parameters["to"]

    assert to() == "card"
    assert to(device_serial="FW-1") == "FW-1"
