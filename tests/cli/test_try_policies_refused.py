"""What `assist try-policies` cannot try is refused in one line with the cure."""

from pathlib import Path

import pytest

from tests.cli.trying import ACTIONS, AUTHORITY, FACTS, POLICY, REFUND, a_company, refused


@pytest.fixture(scope="module")
def kb(shared_folder: Path) -> Path:
    return a_company(shared_folder / "kb")


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("refnd", "there is no action 'refnd' (did you mean refund?)"),
        ("refund:amount=120", "120 has no currency (name it, e.g. 120 GBP)"),
        ("refund:amount=90.00EUR", "'90.00EUR' is no amount (write amount=90.00,currency=EUR)"),
        ("refund:total=9gbp", "'9gbp' is no amount (write total=9,currency=GBP)"),
        ("refund:amount=-1,currency=GBP", "-1 is negative (give it as a positive amount)"),
        ("refund:amount=x,currency=GBP", "'x GBP' is no amount (write e.g. 49.90 USD)"),
        ("refund:amount=1,currency=gbp", "'gbp' is no ISO 4217 currency (did you mean GBP?)"),
        ("refund:currency=GBP", "GBP without an amount (give the amount too, or leave"),
        ("refund:totl=1 GBP", "refund has no parameter 'totl' (did you mean total?)"),
        ("refund:amount", "'amount' in 'refund:amount' is no name=value (write e.g. refund:"),
        ("refund:total=1 GBP,total=2 GBP", "'total' stands twice in 'refund:total=1 GBP,total=2"),
        ("settle:amount=1,currency=GBP", "settle has no parameter 'amount'"),
        ("callback:urgent=yes", "'yes' is neither true nor false (write true or false)"),
        ("ask:amount=1", "ask has no parameters (write ask)"),
    ],
)
def test_what_is_wrong_with_an_action_is_one_line_with_the_cure(
    kb: Path, action: str, said: str
) -> None:
    told = refused(kb, "--date", "2026-11-20", "--action", action)

    assert told.startswith(f"--action: {said}")


def test_a_date_that_is_wrong_for_its_parameter_is_named(kb: Path) -> None:
    told = refused(kb, "--date", "2026-11-20", "--action", "callback:at=soon")

    assert told.startswith('actions.0.parameters.at: "soon" is no date (give a date in quotes')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"order.deliverd_at": "2026-11-02"}', "facts.order.deliverd_at: the fact"),
        ('{"order.delivered_at": 5}', "facts.order.delivered_at: 5 is no date"),
        ('{"customer.region": "FR"}', 'facts.customer.region: "FR" is no choice (give one of UK'),
        ("{", "--facts: - is not JSON"),
        ("[]", "--facts: - holds no JSON object of facts by path"),
    ],
)
def test_facts_that_cannot_be_read_are_one_line_with_the_cure(
    kb: Path, text: str, said: str
) -> None:
    told = refused(
        kb, "--date", "2026-11-20", "--action", REFUND, "--facts", "-", stdin=text
    )  # fmt: skip

    assert told.startswith(said)


def test_options_that_are_missing_or_wrong_are_named(kb: Path, tmp_path: Path) -> None:
    day, action = ("--date", "2026-11-20"), ("--action", REFUND)

    assert refused(kb, *action).startswith("--date: is missing (e.g. --date 2026-11-20")
    assert refused(kb, *day).startswith("--action: is missing")
    assert refused(kb, "--date", "20.11.2026", *action) == (
        "--date: '20.11.2026' is no date (write it as 2026-11-20)"
    )
    assert refused(kb, *day, *action, "--level", "boss").startswith("level: there is no level")
    missing = refused(kb, *day, *action, "--facts", tmp_path / "none.json")
    assert missing.startswith("--facts: ")
    assert "No such file" in missing
    assert refused(kb, *day, *action, "--facts", "-", "--granted", "-").startswith("--granted: ")
    assert refused(tmp_path / "none", *day, *action).endswith("(give a path that exists)")


def test_a_policy_that_cannot_be_read_is_refused_with_its_line(kb: Path, tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    broken = POLICY.replace("days_since(order.delivered_at)", "days_since(order.delivered)")
    (policies / "returns.md").write_text(broken, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "actions.yaml").write_text(ACTIONS, encoding="utf-8")
    (tmp_path / "authority.yaml").write_text(AUTHORITY, encoding="utf-8")

    told = refused(tmp_path, "--date", "2026-11-20", "--action", REFUND)

    assert "returns.md:12" in told
    assert "'order.delivered' is not declared" in told
