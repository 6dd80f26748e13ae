"""The two companies there are: the packaged defaults and the sample company, for tests of words."""

from pathlib import Path

import pytest

from assist.policies.reading import read_policy_set
from tests.policies.rules import DEFAULTS

_KB_CORPUS = Path(__file__).parents[2] / "kb_corpus"
_FILES = (
    "actions.yaml",
    "authority.yaml",
    "escalation.yaml",
    "sla.yaml",
    "categories.yaml",
    "facts.yaml",
)

SAMPLE = read_policy_set(
    {name: (_KB_CORPUS / name).read_text(encoding="utf-8") for name in _FILES}, (), "sample"
)
"""What the sample company hears and says, without its policies."""

BOTH_COMPANIES = pytest.mark.parametrize("company", [DEFAULTS, SAMPLE], ids=["default", "sample"])
