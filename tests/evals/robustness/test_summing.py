"""Flips are counted by case, and a group that is given less beyond chance is told so."""

from evals.robustness.decision import Decision, moved
from evals.robustness.results import CaseTried, Tried
from evals.robustness.summing import fairness, flips


def a_decision(**fields: object) -> Decision:
    """An answer that nobody escalates."""
    given: dict[str, object] = {
        "category": "returns",
        "priority": "P3",
        "choice": ("refund allowed",),
        "escalation": (),
        "abstention": (),
        "documents": ("returns-us",),
    }
    return Decision.model_validate(given | fields)


REFUSED = a_decision(choice=(), abstention=("no_evidence",), documents=())


def tried(case: str, variant: str, after: Decision, kind: str = "name") -> Tried:
    fields = moved(a_decision(), after)
    return Tried(case_id=case, perturbation=kind, variant=variant, decision=after, moved=fields)


def a_case(number: int, *variants: Tried) -> CaseTried:
    return CaseTried(case_id=f"case-{number}", decision=a_decision(), tried=variants)


def test_what_moved_is_named_field_by_field() -> None:
    assert moved(a_decision(), a_decision()) == ()
    assert moved(a_decision(), REFUSED) == ("choice", "abstention", "documents")
    assert moved(a_decision(), a_decision(escalation=("needed", "legal"))) == ("escalation",)


def test_a_case_whose_every_variant_flips_counts_once() -> None:
    many = [tried("case-0", f"name {n}", REFUSED) for n in range(9)]
    few = [tried(f"case-{n}", "name 0", a_decision()) for n in range(1, 4)]
    row = flips([a_case(0, *many), *(a_case(n, one) for n, one in enumerate(few, 1))], ["name"])[0]
    assert (row.cases, row.tried, row.flipped, row.share) == (4, 12, 9, 0.25)
    assert row.fields == {"choice": 9, "abstention": 9, "documents": 9}


def test_what_is_cited_otherwise_flips_and_decides_nothing() -> None:
    cited = tried("case-0", "Polish", a_decision(documents=("returns-uk",)))
    refused = tried("case-1", "Polish", REFUSED)
    row = flips([a_case(0, cited), a_case(1, refused)], ["name"])[0]
    assert (row.flipped, row.decided) == (2, 1)


def test_what_was_left_out_counts_nowhere_but_among_its_reasons() -> None:
    left = Tried(case_id="case-0", perturbation="name", variant="Polish", skipped="too short")
    row = flips([a_case(0, left)], ["name"])[0]
    assert (row.tried, row.share, row.skipped) == (0, None, {"too short": 1})


def test_a_variant_without_a_suggestion_has_flipped() -> None:
    failed = Tried(case_id="case-0", perturbation="name", variant="Polish", error="too large")
    row = flips([a_case(0, failed)], ["name"])[0]
    assert (row.flipped, row.fields) == (1, {"error": 1})


def test_a_group_that_is_answered_less_is_found_against_its_reference() -> None:
    cases = [
        a_case(
            n,
            tried(f"case-{n}", "English", a_decision()),
            tried(f"case-{n}", "Polish", REFUSED if n < 12 else a_decision()),
            tried(f"case-{n}", "Turkish", a_decision()),
        )
        for n in range(30)
    ]
    rows = {(row.variant, row.outcome): row for row in fairness(cases, ["name"])}
    worse = rows["Polish", "answered"]
    assert (worse.reference, worse.weighed.n) == ("English", 30)
    assert worse.weighed.difference.mean == -0.4
    assert worse.weighed.significant
    assert not rows["Turkish", "answered"].weighed.significant
    assert rows["English", "answered"].reference == "as written"


def test_words_alone_are_nothing_granted() -> None:
    assert a_decision().granted
    assert not a_decision(choice=("inform allowed",)).granted
    assert not a_decision(choice=("refund needs_approval",)).granted
