"""Whether a workspace can answer: what must be there before tickets are sent to a process."""

from assist.domain.knowledge import Generation
from assist.errors import NotReady
from assist.service.library import serving
from assist.service.parts import Parts


def check_ready(parts: Parts) -> Generation:
    """The generation that serves, with the indexes it is searched by.

    Raises `NoIndex` where nothing was ingested, `NotReady` naming what is missing, and
    `StoreUnavailable` where the database does not answer.
    """
    generation = serving(parts)
    there = {
        "the catalogue": parts.catalogue.has(generation.id),
        "the vector index": parts.vectors.has(generation.id),
        "the index of parts": parts.parts.has(generation.id),
        "the index of statements": parts.statements.has(generation.id),
        "the lexical index": parts.lexical.has(generation.id),
    }
    missing = [name for name, is_there in there.items() if not is_there]
    if missing:
        raise NotReady(
            f"{' and '.join(missing)} of generation {generation.number} are not there",
            cure="start the service again: it rebuilds them",
        )
    return generation
