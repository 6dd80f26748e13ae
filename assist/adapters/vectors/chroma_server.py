"""A Chroma server (`chroma run`), reached over HTTP: its collections, with bounds on time.

The library's own client waits for ever, and says so in many kinds of error: here each call ends,
and each failure is `StoreUnavailable`.
"""

import base64
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from assist.errors import BadSetting, StoreUnavailable

if TYPE_CHECKING:
    import httpx
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.fastapi import FastAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.types import Collection as CollectionModel

SETTING = "ASSIST_CHROMA_URL"
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 10.0
"""A query among a million takes some milliseconds, adding a thousand vectors a second."""
LISTED = 1_000
"""Collections asked for at once."""
CURE = f"check that `chroma run` runs and that {SETTING} is right"


class Connection:
    """The server's collections. Closed with its last reader.

    Of the library only what speaks the server's protocol: its client makes two connections more,
    without an end to waiting, and leaves all of them open.
    """

    def __init__(self, server: "FastAPI", session: "httpx.Client") -> None:
        self._server = server
        self.close = weakref.finalize(self, session.close)

    def create(self, name: str, configuration: "CreateCollectionConfiguration") -> "Collection":
        """A new collection."""
        return self._collection(
            self._server.create_collection(name=name, configuration=configuration)
        )

    def get(self, name: str) -> "Collection | None":
        """The collection of this name, or none."""
        from chromadb.errors import NotFoundError

        try:
            return self._collection(self._server.get_collection(name))
        except NotFoundError:
            return None

    def names(self) -> list[str]:
        """Of all collections."""
        return [model.name for model in self._server.list_collections(limit=LISTED)]

    def delete(self, name: str) -> None:
        """Remove a collection."""
        self._server.delete_collection(name)

    def version(self) -> str:
        """What the server says it is."""
        return self._server.get_version()

    def _collection(self, model: "CollectionModel") -> "Collection":
        from chromadb.api.models.Collection import Collection

        return Collection(client=self._server, model=model, embedding_function=None)


def connected(url: str) -> Connection:
    """A connection to the server at this URL, made when it is first asked. Raises `BadSetting`."""
    import httpx
    from chromadb.api.fastapi import FastAPI
    from chromadb.config import Settings, System

    host, port, secure = address(url)
    settings = Settings(
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=host,
        chroma_server_http_port=port,
        chroma_server_ssl_enabled=secure,
        chroma_server_headers=_headers(url),
    )
    server = System(settings).instance(FastAPI)
    # It has no setting for it, and would wait for ever on a server that hangs.
    session = server._session  # noqa: SLF001
    session.timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    return Connection(server, session)


def address(url: str) -> tuple[str, int, bool]:
    """Host, port and whether by TLS. Raises `BadSetting`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in {"http", "https"} or parts.path.strip("/") or parts.query:
        raise BadSetting(
            "not the URL of a Chroma server",  # not repeated: it may hold a password
            where=SETTING,
            cure="use http://host:port or https://host:port",
        )
    secure = parts.scheme == "https"
    return host, port or (443 if secure else 80), secure


@contextmanager
def answering(url: str) -> Iterator[None]:
    """Turn whatever a call to the server fails with into `StoreUnavailable`."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, ValueError) as error:  # no connection is a ValueError
        raise _unavailable(url, error) from error
    except Exception as error:
        if type(error) is not Exception:  # a fault of ours
            raise
        raise _unavailable(url, error) from error  # what the library says of other statuses


def _unavailable(url: str, error: Exception) -> StoreUnavailable:
    host, port, _ = address(url)
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return StoreUnavailable(
        f"the Chroma server does not answer as it should: {said}",
        where=f"{host}:{port}",
        cure=CURE,
    )


def version_of(url: str) -> str:
    """The version that the server says it is. Raises `BadSetting`, `StoreUnavailable`."""
    with answering(url), closing(connected(url)) as connection:
        return connection.version()


def _headers(url: str) -> dict[str, str]:
    """Who asks, where the URL says it: for a proxy in front of the server, which has no keys."""
    parts = urlsplit(url)
    if not parts.username:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
