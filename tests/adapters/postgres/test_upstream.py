"""What is to be mended, in PostgreSQL, keeps the contract of its port."""

import pytest

from assist.adapters.postgres.upstream import PostgresUpstream
from tests.contracts.upstream_store import UpstreamStoreContract


class TestPostgresUpstream(UpstreamStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresUpstream(database)
