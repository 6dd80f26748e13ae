from datetime import UTC, date, datetime
from typing import Any

import pytest

from assist.domain.knowledge import Document, Generation
from assist.domain.policy import Policy
from assist.errors import NoIndex, NotFound
from assist.service.policies import (
    Rules,
    editions,
    find_policy,
    policy_documents,
    policy_or_gone,
    rules_serving,
    state_on,
)
from tests.fakes import InMemoryKnowledge
from tests.policies.rules import a_clause, a_policy

OLD = a_policy(
    a_clause("warranty-2025.term"),
    version="3",
    effective=date(2025, 1, 1),
    expires=date(2026, 1, 1),
)
NEW = a_policy(
    a_clause("warranty.term"),
    version="4",
    effective=date(2026, 1, 1),
    supersedes="warranty-2025 3",
)
OTHER = a_policy(a_clause("returns.window"), version="1")
POLICIES = (NEW, OLD, OTHER)


@pytest.mark.parametrize(
    ("policy", "on", "state"),
    [
        (NEW, date(2025, 12, 31), "future"),
        (NEW, date(2026, 1, 1), "in_force"),
        (OLD, date(2024, 12, 31), "future"),
        (OLD, date(2025, 1, 1), "in_force"),
        (OLD, date(2025, 12, 31), "in_force"),
        (OLD, date(2026, 1, 1), "superseded"),
        (OLD, date(2030, 1, 1), "superseded"),
    ],
)
def test_the_state_of_an_edition_depends_on_the_day(policy: Policy, on: date, state: str) -> None:
    assert state_on(policy, POLICIES, on) == state


def test_a_policy_that_ended_and_that_nothing_replaced_has_expired() -> None:
    assert state_on(OLD, (OLD, OTHER), date(2025, 12, 31)) == "in_force"
    assert state_on(OLD, (OLD, OTHER), date(2026, 1, 1)) == "expired"


def test_a_policy_without_an_end_is_superseded_only_while_the_newer_one_holds() -> None:
    endless = OLD.model_copy(update={"expires": None})
    for_a_month = NEW.model_copy(update={"expires": date(2026, 2, 1)})
    both = (endless, for_a_month)

    assert state_on(endless, both, date(2025, 12, 31)) == "in_force"
    assert state_on(endless, both, date(2026, 1, 1)) == "superseded"
    assert state_on(endless, both, date(2026, 1, 31)) == "superseded"
    assert state_on(endless, both, date(2026, 2, 1)) == "in_force"


def test_another_version_of_the_id_named_is_not_superseded() -> None:
    fifth = OLD.model_copy(update={"version": "5", "expires": None})

    assert state_on(fifth, (fifth, NEW), date(2026, 6, 1)) == "in_force"


def test_all_editions_are_found_from_each_of_them_the_latest_first() -> None:
    oldest = OLD.model_copy(
        update={"id": "guarantee", "version": "2", "effective": date(2024, 1, 1)}
    )
    middle = OLD.model_copy(update={"supersedes": "guarantee"})
    known = (OTHER, oldest, NEW, middle)

    for policy in (oldest, middle, NEW):
        assert editions(policy, known) == (NEW, middle, oldest)
    assert editions(OTHER, known) == (OTHER,)


def test_a_policy_is_found_by_its_id_and_an_edition_by_its_version() -> None:
    assert find_policy(POLICIES, "warranty") == NEW
    assert find_policy(POLICIES, "warranty", "3") == OLD
    assert find_policy(POLICIES, "warranty-2025", "4") == NEW


def test_an_unknown_policy_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(NotFound) as caught:
        find_policy(POLICIES, "waranty")
    assert caught.value.problem == "there is no policy 'waranty'"
    assert caught.value.cure == "did you mean warranty or warranty-2025?"

    with pytest.raises(NotFound) as caught:
        find_policy(POLICIES, "xyz")
    assert caught.value.cure == "GET /v1/policies lists them"


def test_an_unknown_version_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotFound) as caught:
        find_policy(POLICIES, "warranty", "9")

    assert caught.value.problem == "warranty has no edition '9'"
    assert caught.value.cure == "there are 4 (warranty), 3 (warranty-2025)"


PROSE = "# Returns\n\nA device can be returned within 30 days.\n"


def a_document(document_id: str = "returns", **front_matter: Any) -> Document:
    clause = a_clause(
        f"{document_id}.window",
        actions=("callback",),
        text="A device can be returned within 30 days.",
    )
    given = {
        "id": document_id,
        "title": "Returns",
        "version": "1",
        "owner": "Care",
        "purpose": "A fair way back.",
        "effective": "2026-01-01",
        "clauses": [clause.model_dump(mode="json", exclude={"policy_id"}, exclude_defaults=True)],
    }
    return Document(id=document_id, kind="policy", text=PROSE, front_matter=given | front_matter)


def published(knowledge: InMemoryKnowledge, number: int, *documents: Document) -> Generation:
    generation = Generation(
        id=f"g{number}",
        number=number,
        fingerprint=f"{number:064x}",
        embedder="toy",
        chunking="1",
        created_at=datetime(2026, 11, number, tzinfo=UTC),
        documents=len(documents),
        passages=0,
    )
    knowledge.stage(generation, documents, (), {})
    knowledge.publish(generation.id)
    return generation


def test_the_rules_that_serve_are_read_from_the_store_and_named() -> None:
    knowledge = InMemoryKnowledge()
    published(knowledge, 1, a_document())
    published(knowledge, 2, a_document(), a_document("delivery"))

    found = rules_serving(knowledge)

    assert [policy.id for policy in found.policy_set.policies] == ["delivery", "returns"]
    assert found.policy_set.version == found.named.version == "0" * 12
    assert str(found.named) == "version 000000000000 of 2026-11-02, generation 2"


def test_where_nothing_was_ingested_there_are_no_rules() -> None:
    with pytest.raises(NoIndex, match="nothing has been ingested"):
        rules_serving(InMemoryKnowledge())


def test_of_the_documents_only_policies_are_kept() -> None:
    knowledge = InMemoryKnowledge()
    published(knowledge, 1, a_document(), Document(id="article", text="Hello."))

    assert list(policy_documents(knowledge, "g1")) == ["returns"]


def _rules(knowledge: InMemoryKnowledge) -> Rules:
    return rules_serving(knowledge)


def test_of_a_policy_that_is_gone_it_is_said_who_had_it_last() -> None:
    knowledge = InMemoryKnowledge()
    published(knowledge, 1, a_document("delivery"), a_document())
    published(knowledge, 2, a_document("delivery"), a_document())
    published(knowledge, 3, a_document())

    with pytest.raises(NotFound) as caught:
        policy_or_gone(knowledge, _rules(knowledge), "delivery")

    assert caught.value.problem == (
        "there is no policy 'delivery' any more: generation 2 of 2026-11-02 was the last to have it"
    )


def test_of_a_policy_that_never_was_nothing_is_said_of_earlier_generations() -> None:
    knowledge = InMemoryKnowledge()
    published(knowledge, 1, a_document())
    published(knowledge, 2, a_document())

    with pytest.raises(NotFound) as caught:
        policy_or_gone(knowledge, _rules(knowledge), "delivery")
    assert caught.value.problem == "there is no policy 'delivery'"

    with pytest.raises(NotFound) as caught:
        policy_or_gone(knowledge, _rules(knowledge), "returns", "7")
    assert caught.value.problem == "returns has no edition '7'"
    assert policy_or_gone(knowledge, _rules(knowledge), "returns").title == "Returns"
