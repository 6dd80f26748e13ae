"""Notices in PostgreSQL keep the contract of their port."""

import pytest

from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.notices import PostgresNotices
from tests.contracts.notice_store import NoticeStoreContract


class TestPostgresNotices(NoticeStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresNotices(database)

    @pytest.fixture
    def cases(self, database):
        return PostgresCases(database)
