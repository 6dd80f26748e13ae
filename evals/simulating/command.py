"""`assist-evals simulate`: a rubric over what was really suggested and sent."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.adapters.outside import chat_of
from assist.adapters.privacy.redactor import PatternRedactor
from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.errors import BadInput
from assist.ports.chat import Chat
from assist.ports.words import Redactor
from assist.settings import Settings, read_settings
from evals.opening import desk_of, existing
from evals.rubrics.judging import ModelJudge
from evals.rubrics.loading import load_rubric, packaged
from evals.simulating.conversation import Conversation
from evals.simulating.home import last_of_home
from evals.simulating.report import rendered
from evals.simulating.results import Simulation
from evals.simulating.run import simulate
from evals.simulating.service import MOST, Service

JUDGED = "judged"
"""The folder of a home in which a judge's answers are kept."""
SAME_MODEL = (
    "the judge is the model that drafts, and it was not asked: name another by "
    'ASSIST_LLM__MODELS={"judge": …}, or say --judge-own-drafts'
)
NO_CHECK = "the key may not check drafts: what agents wrote themselves needs a person"


@fails_cleanly
def simulate_command(
    rubric: Annotated[
        str, typer.Option(metavar="FILE|NAME", help=f"A rubric: {', '.join(packaged())}, or YAML.")
    ],
    *,
    last: Annotated[int, typer.Option(min=1, max=MOST, help="Conversations, the newest.")] = 25,
    against: Annotated[
        str | None, typer.Option(metavar="FILE|NAME", help="An older rubric to compare with.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="A running service, instead of a home.")
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Holds the API key, where it wants one.")
    ] = None,
    judge_own_drafts: Annotated[
        bool, typer.Option("--judge-own-drafts", metavar="", help="Let the drafting model judge.")
    ] = False,
    judge_cache: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keeps a judge's answers.", show_default="HOME/judged"),
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Grade the last recorded conversations by a scorecard; nothing is changed or sent.

    Of a decided case the text is looked at that the customer got, else the draft. What neither a
    check nor a judge can tell needs a person, and is not guessed.
    """
    chosen, older = load_rubric(rubric), load_rubric(against) if against else None
    settings = read_settings(home, workspace) if url else existing(home, workspace)
    source = _of_service(settings, url, key_file) if url else _of_home(settings)
    folder = judge_cache or settings.home / JUDGED
    with source as recorded:
        conversations, notes = list(recorded.last(last)), [*recorded.notes()]
        chat, why = _judging(recorded.chat, settings, judge_own_drafts)
        asks = any(item.judge for one in (chosen, older) if one for item in one.items)
        judge = ModelJudge(chat, recorded.redactor, folder) if chat else None
        notes += [why] if why and asks else []
        found = simulate(chosen, conversations, against=older, judge=judge, notes=notes)
    _show(found, as_json)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """Where conversations come from, and what may be asked about them."""

    last: Callable[[int], Iterator[Conversation]]
    notes: Callable[[], Sequence[str]]
    chat: Chat | None
    redactor: Redactor


@contextmanager
def _of_home(settings: Settings) -> Iterator[_Recorded]:
    with desk_of(settings) as desk:
        parts = desk.parts
        yield _Recorded(partial(last_of_home, desk), lambda: desk.notes, parts.chat, parts.redactor)


@contextmanager
def _of_service(settings: Settings, url: str, key_file: Path | None) -> Iterator[_Recorded]:
    """A model is asked from here, as our own settings say: the service judges nobody."""
    service, chat = Service(url, _key(key_file)), chat_of(settings.llm)
    redactor = PatternRedactor(settings.privacy, settings.privacy_ner)
    try:
        notes = lambda: [] if service.may_check else [NO_CHECK]  # noqa: E731 - asked at the end
        yield _Recorded(service.last, notes, chat, redactor)
    finally:
        service.close()
        if chat is not None:
            chat.close()


def _judging(
    chat: Chat | None,
    settings: Settings,
    own_drafts: bool,  # noqa: FBT001
) -> tuple[Chat | None, str]:
    """The judge, and why there is none where a model is set all the same."""
    same = settings.llm.model_of("judge") == settings.llm.model_of("draft")
    return (None, SAME_MODEL) if chat and same and not own_drafts else (chat, "")


def _key(file: Path | None) -> str | None:
    """The key in a file: on the command line every user of the machine could read it."""
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read: {error}", where=str(file), cure="check --key-file"
        ) from error


def _show(found: Simulation, as_json: bool) -> None:  # noqa: FBT001
    for note in found.notes:
        say(f"note: {note}")
    if as_json:
        print(found.model_dump_json())
    else:
        Console(highlight=False).print(rendered(found.model_copy(update={"notes": ()})))
