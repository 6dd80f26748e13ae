"""The in-memory stores keep the contracts of their ports."""

import pytest

from tests.contracts.case_store import CaseStoreContract
from tests.contracts.consultation_store import ConsultationStoreContract
from tests.contracts.feedback_store import FeedbackStoreContract
from tests.contracts.grant_store import GrantStoreContract
from tests.contracts.job_store import JobStoreContract
from tests.contracts.key_store import KeyStoreContract
from tests.contracts.knowledge_store import KnowledgeStoreContract
from tests.contracts.store_builders import NOON
from tests.contracts.suggestion_store import SuggestionStoreContract
from tests.fake_cases import InMemoryCases
from tests.fake_feedback import InMemoryFeedback
from tests.fake_keys import InMemoryKeys
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


class TestInMemoryCases(CaseStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryCases()


class TestInMemoryFeedback(FeedbackStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryFeedback()


class TestInMemoryKeys(KeyStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryKeys()


class TestInMemoryConsultations(ConsultationStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryConsultations()


def test_a_frozen_clock_stands():
    clock = FrozenClock(NOON)
    assert clock.now() == clock.now() == NOON
