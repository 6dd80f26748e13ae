"""The derived indexes of one workspace, chosen by what the process may do with them."""

import hashlib
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from assist.adapters.catalogue import FileCatalogue
from assist.adapters.generations import BorrowedFolders, GenerationFolders
from assist.adapters.parts import FileParts
from assist.adapters.statements import FileStatements
from assist.adapters.vectors import StoredVectors
from assist.adapters.vectors.chroma import FolderGraphs
from assist.adapters.vectors.chroma_server import address
from assist.adapters.vectors.graphs import GraphStore, NoGraphs
from assist.adapters.vectors.server_graphs import ServerGraphs, Whose
from assist.adapters.words import TantivyLexical


class Share(Enum):
    """What a process has of a home's indexes."""

    WHOLE = "owns and builds them, alone"
    BUILDS = "builds them, and others read"
    READS = "reads what another builds"


class Indexes(NamedTuple):
    """One adapter for each derived part."""

    catalogue: FileCatalogue
    vectors: StoredVectors
    parts: FileParts
    statements: FileStatements
    lexical: TantivyLexical


def indexes(root: Path, workspace: str, share: Share, graphs: GraphStore) -> Indexes:
    """The indexes of a workspace below `root`, whose folders are made where they are missing."""
    folders = BorrowedFolders if share is Share.READS else GenerationFolders
    below = root / workspace
    return Indexes(
        catalogue=FileCatalogue(_made(below / "catalogue"), folders),
        vectors=StoredVectors(_made(below / "vectors"), graphs=graphs, folders=folders),
        parts=FileParts(_made(below / "parts"), folders),
        statements=FileStatements(_made(below / "statements"), folders),
        lexical=TantivyLexical(_made(below / "words"), folders),
    )


def graphs_of(
    share: Share, chroma_url: str | None, installation: str, workspace: str
) -> GraphStore:
    """Where the graphs of large kinds are kept. Raises `BadSetting` for what is no URL."""
    if chroma_url is not None:
        address(chroma_url)
        return ServerGraphs(chroma_url, Whose(installation, workspace, share is not Share.READS))
    return FolderGraphs() if share is Share.WHOLE else NoGraphs()


def installation_of(database_url: str | None, home: str) -> str:
    """Which installation shares collections: that of the database, or where none is set, the home.

    A password is no part of it: it may change.
    """
    where = home
    if database_url is not None:
        try:
            url = make_url(database_url)
        except ArgumentError:  # said by whoever connects
            url = None
        where = f"{url.host}:{url.port}/{url.database}" if url else database_url
    return hashlib.sha256(where.encode()).hexdigest()[:12]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
