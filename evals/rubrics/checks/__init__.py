"""All checks by name: what can be told of a conversation without a model and without a person.

A new one is a function in one of these files and a line in its `CHECKS`.
"""

from collections.abc import Mapping

from evals.rubrics.checks import commitments, handling, manners, privacy, scored, support
from evals.rubrics.checks.finding import Check, Finding

__all__ = ["CHECKS", "WITHOUT_CHECK", "Check", "Finding"]

_FILES = (support, commitments, handling, manners, scored, privacy)
CHECKS: Mapping[str, Check] = {check.name: check for file in _FILES for check in file.CHECKS}
WITHOUT_CHECK = "a check answers yes or no: a choice has none; use `judge`, or leave it to a person"
