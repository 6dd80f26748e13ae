"""A corpus -> the company's policy set and its policies' prose, without a home or a database."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assist.adapters.documents.source import DocumentSource
from assist.domain.policy import PolicySet
from assist.errors import BadInput
from assist.policies.reading import read_policy_set
from assist.ports.sources import Reading
from evals.scorers.scorer import fold


@dataclass(frozen=True, slots=True)
class Company:
    """What cases are judged by. `prose`: policy id -> its sentences, white space folded.

    A policy without clauses has prose too: such as says who may decide what.
    """

    policy_set: PolicySet
    prose: Mapping[str, str]


def read_company(corpus: Path) -> Company:
    """The company in this folder, whose version is a fingerprint of all that was read.

    Raises `BadInput` where a part of it is broken: half a company judges wrongly.
    """
    reading = DocumentSource().read(corpus, None)
    for problem in reading.problems:
        if problem.severity == "error":
            raise BadInput(problem.problem, where=problem.where, cure=problem.cure)
    policy_set = read_policy_set(reading.files, reading.documents, _fingerprint(reading))
    prose = {d.id: _sentences(d.text) for d in reading.documents if d.kind == "policy"}
    return Company(policy_set, prose)


def _sentences(text: str) -> str:
    return fold("\n".join(line for line in text.splitlines() if not line.startswith("#")))


def _fingerprint(reading: Reading) -> str:
    mark = hashlib.sha256()
    for name, text in sorted(reading.files.items()):
        mark.update(f"{name}\n{text}\n".encode())
    for document in sorted(reading.documents, key=lambda d: d.id):
        mark.update(f"{document.id}\n{document.front_matter}\n{document.text}\n".encode())
    return mark.hexdigest()[:12]
