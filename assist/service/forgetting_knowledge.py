"""What the knowledge base says of a person: precedents of their cases, their entry in the records.

It is taken out by ordinary ingest jobs, so that a server which owns the home builds them.
"""

from collections.abc import Iterator, Sequence

from assist.domain.base import Model
from assist.domain.forgetting import Belongings, Known
from assist.domain.knowledge import Document
from assist.ports import KnowledgeStore, Reading
from assist.ports.forgetting import Erasure
from assist.service.forgetting_records import FILE, listed_in, records_without
from assist.service.merging import Prune


class Mentioned(Model):
    """What it says: documents by id, in any generation, and records by generation, rewritten."""

    documents: tuple[str, ...] = ()
    records: dict[str, str] = {}
    known: tuple[Known, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What is taken out, for whoever reads about it."""
        return (*self.documents, *((FILE,) if self.records else ()))


def mentioned(knowledge: KnowledgeStore, erasure: Erasure, theirs: Belongings) -> Mentioned:
    """Look through every generation that is kept."""
    records: dict[str, str] = {}
    known: dict[Known, None] = {}
    for generation in knowledge.generations() if theirs.customer_id else ():
        text = knowledge.files(generation.id).get(FILE)
        found = records_without(text, theirs.customer_id) if text and theirs.customer_id else None
        if found is not None:
            records[generation.id] = found[0]
            known |= dict.fromkeys(found[1])
    return Mentioned(documents=erasure.precedents(theirs), records=records, known=tuple(known))


def recorded(knowledge: KnowledgeStore) -> set[str]:
    """The customers that the records of any generation list."""
    texts = (knowledge.files(one.id).get(FILE, "") for one in knowledge.generations())
    return {customer for text in texts for customer in listed_in(text)}


def withdrawals(knowledge: KnowledgeStore, said: Mentioned) -> Iterator[tuple[Reading, Prune]]:
    """What to ingest so that the generation that serves says nothing of them any more.

    A document goes by an ingest of where it came from that does not find it there.
    """
    serving = knowledge.current()
    if serving is None:
        return
    if text := said.records.get(serving.id):
        yield Reading(root=FILE, documents=(), files={FILE: text}), Prune.NOTHING
    gone = set(said.documents)
    served: Sequence[Document] = knowledge.documents(serving.id) if gone else ()
    for source in sorted({document.source for document in served if document.id in gone}):
        rest = tuple(d for d in served if d.source.startswith(source) and d.id not in gone)
        yield Reading(root=source, documents=rest), Prune.GONE


def forget_older(knowledge: KnowledgeStore, erasure: Erasure, said: Mentioned) -> None:
    """Take it out of the generations that served before. Raises `NotReady` where it serves yet."""
    if said.documents:
        knowledge.erase(said.documents)
    serving = knowledge.current()
    older = [one for one in said.records if serving is None or one != serving.id]
    if older:
        erasure.drop_file(FILE, older)
