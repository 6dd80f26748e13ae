"""The in-memory stores keep the contracts of their ports."""

import pytest

from tests.contracts.consultation_store import ConsultationStoreContract
from tests.contracts.grant_store import GrantStoreContract
from tests.contracts.job_store import JobStoreContract
from tests.contracts.knowledge_store import KnowledgeStoreContract
from tests.contracts.store_builders import NOON
from tests.contracts.suggestion_store import SuggestionStoreContract
from tests.fake_ledger import InMemoryConsultations, InMemoryGrants
from tests.fakes import FrozenClock, InMemoryJobs, InMemoryKnowledge, InMemorySuggestions


class TestInMemoryKnowledge(KnowledgeStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryKnowledge()


class TestInMemorySuggestions(SuggestionStoreContract):
    @pytest.fixture
    def store(self):
        return InMemorySuggestions()


class TestInMemoryJobs(JobStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryJobs()


class TestInMemoryGrants(GrantStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryGrants()


class TestInMemoryConsultations(ConsultationStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryConsultations()


def test_a_frozen_clock_stands():
    clock = FrozenClock(NOON)
    assert clock.now() == clock.now() == NOON
