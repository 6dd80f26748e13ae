"""One generation, open: its library, and what its tickets are judged by once one comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assist.ports import Records
from assist.service.library import Library

if TYPE_CHECKING:
    from assist.domain.policy import PolicySet


@dataclass(frozen=True, slots=True)
class _Judging:
    """What a generation's tickets are judged by. `categories` are those of its documents, by id."""

    policy_set: "PolicySet"
    records: Records | None
    categories: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class OpenGeneration:
    """One generation: its library, and its rules once something is judged by them."""

    library: Library
    records_for: Callable[[Mapping[str, str]], Records | None]

    @property
    def policy_set(self) -> "PolicySet":
        """The company's rules."""
        return self._judging.policy_set

    @property
    def records(self) -> Records | None:
        """Who knows the customers, where somebody does."""
        return self._judging.records

    @property
    def categories(self) -> Mapping[str, str]:
        """What documents are filed under, by their ids."""
        return self._judging.categories

    def prepare(self) -> None:
        """Read the rules now: nobody waits for them later."""
        _ = self._judging

    @cached_property
    def _judging(self) -> _Judging:
        # Not before: what conditions are made of takes a third of a second.
        from assist.policies.reading import read_policy_set

        store, generation = self.library.parts.knowledge, self.library.generation
        files, documents = store.files(generation.id), store.documents(generation.id)
        told = ((d.id, {**d.metadata, **d.front_matter}.get("category")) for d in documents)
        return _Judging(
            policy_set=read_policy_set(files, documents, version=generation.fingerprint[:12]),
            records=self.records_for(files),
            categories={document_id: str(category) for document_id, category in told if category},
        )
