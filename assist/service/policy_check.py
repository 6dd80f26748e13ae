"""What must be readable before a generation may serve: its rules."""

from collections.abc import Mapping, Sequence

from assist.domain.knowledge import Document


def check_policies(files: Mapping[str, str], documents: Sequence[Document]) -> None:
    """Refuse a generation whose YAML files or clauses cannot be read."""
    from assist.policies.reading import read_policy_set

    read_policy_set(files, documents, version="check")
