"""A desk on the sample knowledge base whose language model is a scripted server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assist.domain.endpoint import ChatSettings
from assist.service.desk import Desk
from assist.settings import Settings
from assist.wiring import opened
from evals.models.campaign import settings_for
from evals.scripted_llm.good import good
from evals.scripted_llm.server import ScriptedServer
from tests.compiled_models import compiled_models

KB = Path(__file__).parents[2] / "kb_corpus"


@contextmanager
def desk_on(home: Path, server: ScriptedServer, llm: ChatSettings | None = None) -> Iterator[Desk]:
    """A desk in this home that asks this server."""
    home.mkdir(exist_ok=True)
    home.chmod(0o711)
    llm = llm or settings_for(server.url)
    settings = Settings(home=home, compiled=compiled_models(), llm=llm)
    with opened(settings) as desk:
        yield desk


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(good) as server:
        yield server


@pytest.fixture(scope="module")
def desk(server: ScriptedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("models")
    with desk_on(folder / "home", server) as desk:
        desk.ingest(KB, progress=lambda *_: None)
        desk.warm()
        yield desk
