"""Customers read from records.yaml, and files that are wrong named by line and key."""

from pathlib import Path

import pytest

from assist.adapters.records.yaml_file import YamlRecords
from assist.errors import BadKnowledgeBase
from tests.contracts.records import RecordsContract

FILE = """\
currency: {US: USD, UK: GBP}
customers:
  - id: c-1001
    emails: [ana@example.com, A.Lima@work.example]
    name: Ana Lima
    tier: gold
    region: US
    preferred_channel: email
    facts: {subscription.status: active}
    orders:
      20418:
        order.total: {amount: "129.00", currency: USD}
        order.delivered_at: 2026-11-02
        order.paid: true
    tickets:
      - {id: t-88, created_at: 2026-10-01T09:00:00Z, subject: Hub offline, solved: false}
  - id: c-1002
"""


class TestYamlRecords(RecordsContract):
    @pytest.fixture
    def records(self):
        return YamlRecords(FILE)


def test_the_currency_of_a_region_is_kept():
    assert YamlRecords(FILE).currency == {"US": "USD", "UK": "GBP"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "customers: []\n"])
def test_an_empty_file_knows_nobody(text):
    assert YamlRecords(text).find(customer_id="c-1001", email=None) is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("customers:\n  - id: a\n    nmae: Ana\n", 3, r"customers\.0\.nmae"),
        (
            "customers:\n  - id: a\n    tickets:\n      - {id: t, created_at: soon}\n",
            4,
            "created_at",
        ),
        ("customers:\n  - name: Ana\n", 2, r"customers\.0\.id"),
        ("currency: {US: dollars}\n", 1, "currency"),
        ("customers:\n  - id: a\n  - id: b\n    emails: [x@y.z\n", 5, "not YAML"),
        ("customers:\n  - id: a\n    id: b\n", 3, "'id' occurs twice"),
        ("customers:\n  - {id: a}\n  - {id: A}\n", 3, "A belongs to two customers"),
        (
            "customers:\n  - {id: a, emails: [x@y.z]}\n  - {id: b, emails: [X@y.z]}\n",
            3,
            "two customers",
        ),
        ("- a\n- b\n", 1, "the file"),
        ("customers: !!python/object:os.system {}\n", 1, "not YAML"),
    ],
)
def test_a_wrong_file_is_named_by_line_and_key(text, line, words):
    with pytest.raises(BadKnowledgeBase, match=words) as caught:
        YamlRecords(text)
    assert caught.value.where == f"records.yaml:{line}"


@pytest.mark.parametrize("text", ["a: \x00", "[" * 500, "? [a]\n: b\n", "---\na: 1\n---\nb: 2\n"])
def test_what_is_no_plain_yaml_is_refused(text):
    with pytest.raises(BadKnowledgeBase, match=r"records\.yaml"):
        YamlRecords(text)


def test_the_sample_file_of_the_knowledge_base_is_read():
    sample = Path(__file__).parents[2] / "kb_corpus" / "records.yaml"
    records = YamlRecords(sample.read_text(encoding="utf-8"))
    assert set(records.currency) == {"US", "UK", "EU"}
