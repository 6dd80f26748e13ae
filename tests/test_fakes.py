"""The in-memory stores keep the contracts of their ports."""

import pytest

from tests.contracts.approval_store import ApprovalStoreContract
from tests.contracts.audit_log import AuditLogContract
from tests.contracts.bulk import BulkContract
from tests.contracts.case_store import CaseStoreContract
from tests.contracts.consultation_store import ConsultationStoreContract
from tests.contracts.errand_store import ErrandStoreContract
from tests.contracts.escalated_store import EscalatedStoreContract
from tests.contracts.eval_run_store import EvalRunStoreContract
from tests.contracts.feedback_store import FeedbackStoreContract
from tests.contracts.gap_store import GapStoreContract
from tests.contracts.grant_store import GrantStoreContract
from tests.contracts.job_store import JobStoreContract
from tests.contracts.key_store import KeyStoreContract
from tests.contracts.knowledge_store import KnowledgeStoreContract
from tests.contracts.notice_store import NoticeStoreContract
from tests.contracts.session_store import SessionStoreContract
from tests.contracts.spending_store import SpendingStoreContract
from tests.contracts.store_builders import NOON
from tests.contracts.suggestion_store import SuggestionStoreContract
from tests.contracts.timers import TimersContract
from tests.contracts.upstream_store import UpstreamStoreContract
from tests.fake_bulk import FakeBulk
from tests.fake_cases import InMemoryCases
from tests.fake_errands import InMemoryErrands
from tests.fake_escalated import InMemoryApprovals, InMemoryEscalated
from tests.fake_eval_runs import InMemoryEvalRuns
from tests.fake_feedback import InMemoryFeedback
from tests.fake_gaps import InMemoryGaps
from tests.fake_keys import InMemoryKeys
from tests.fake_ledger import InMemoryConsultations, InMemoryGrants
from tests.fake_sessions import InMemoryAudit, InMemorySessions
from tests.fake_spending import InMemorySpending
from tests.fake_timers import InMemoryNotices, InMemoryTimers
from tests.fake_upstream import InMemoryUpstream
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


class TestInMemoryErrands(ErrandStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryErrands(InMemoryTimers())


class TestInMemoryUpstream(UpstreamStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryUpstream()


class TestInMemoryGaps(GapStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryGaps()


class TestInMemorySpending(SpendingStoreContract):
    @pytest.fixture
    def store(self):
        return InMemorySpending()


class TestInMemoryGrants(GrantStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryGrants()


class TestInMemoryCases(CaseStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryCases()


class TestInMemoryNotices(NoticeStoreContract):
    @pytest.fixture
    def cases(self):
        return InMemoryCases()

    @pytest.fixture
    def store(self, cases):
        return InMemoryNotices(cases)


class TestInMemoryTimers(TimersContract):
    @pytest.fixture
    def timers(self):
        return InMemoryTimers()


class TestInMemoryFeedback(FeedbackStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryFeedback()


class TestInMemoryEvalRuns(EvalRunStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryEvalRuns()


class TestInMemoryKeys(KeyStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryKeys()


class TestInMemoryConsultations(ConsultationStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryConsultations()


class TestInMemoryEscalated(EscalatedStoreContract):
    @pytest.fixture
    def store(self):
        return InMemoryEscalated()


class TestInMemoryApprovals(ApprovalStoreContract):
    @pytest.fixture
    def grants(self):
        return InMemoryGrants()

    @pytest.fixture
    def store(self, grants):
        return InMemoryApprovals(grants)


def test_a_frozen_clock_stands():
    clock = FrozenClock(NOON)
    assert clock.now() == clock.now() == NOON


class TestInMemorySessions(SessionStoreContract):
    @pytest.fixture
    def keys(self):
        return InMemoryKeys()

    @pytest.fixture
    def store(self, keys):
        return InMemorySessions(keys)


class TestInMemoryAudit(AuditLogContract):
    @pytest.fixture
    def log(self):
        return InMemoryAudit()


class TestFakeBulk(BulkContract):
    @pytest.fixture
    def bulk(self):
        return FakeBulk()
