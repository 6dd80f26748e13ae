"""How a fault gets into the running product: a function replaced, a step that finds otherwise."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib import import_module
from typing import Any

from assist.domain.case import Case
from assist.domain.draft import Draft, Promise, Sentence
from assist.graph.build import Step
from assist.graph.state import Update
from assist.graph.tools import Tools
from evals.faults.fault import Plant
from evals.stepping import stepping

Change = Callable[[Case, Update, Tools], Update]
Redraft = Callable[[Draft, tuple[Promise, ...], Case], tuple[Draft, tuple[Promise, ...]]]
TOOLS = "assist.service.suggest:tools_for"
REPLY = "assist.graph.steps.communicate:write_reply"


def instead(target: str, make: Callable[[Any], Any]) -> Plant:
    """`module:name` replaced by what `make` makes of it, for whoever looks it up there."""

    @contextmanager
    def plant() -> Iterator[None]:
        path, _, name = target.partition(":")
        module = import_module(path)
        sound = getattr(module, name)
        setattr(module, name, make(sound))
        try:
            yield
        finally:
            setattr(module, name, sound)

    return plant


def returns(target: str, change: Callable[..., Any]) -> Plant:
    """The function at `target` returns `change(what it returned, *its arguments)`."""

    def make(sound: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(sound)
        def faulty(*args: Any, **kwargs: Any) -> Any:
            return change(sound(*args, **kwargs), *args)

        return faulty

    return instead(target, make)


def together(*plants: Plant) -> Plant:
    """All of them at once."""

    @contextmanager
    def plant() -> Iterator[None]:
        with ExitStack() as stack:
            for one in plants:
                stack.enter_context(one())
            yield

    return plant


def finds(step: str, change: Change) -> Plant:
    """The step finds what `change` makes of what it found."""

    def around(name: str, sound: Step) -> Step:
        @wraps(sound)
        async def faulty(case: Case, tools: Tools) -> Update:
            found = await sound(case, tools)
            return change(case, found, tools) if name == step else found

        return faulty

    return lambda: stepping(around)


def with_tools(change: Callable[[Tools], Tools]) -> Plant:
    """The steps are handed other tools."""
    return returns(TOOLS, lambda tools, *_: change(tools))


def redrafted(change: Redraft) -> Plant:
    """The reply is written otherwise."""
    return returns(REPLY, lambda written, case, *_: change(written[0], written[1], case))


def resaid(draft: Draft, change: Callable[[Sentence], Sentence]) -> Draft:
    """The draft with its sentences changed, in its text too."""
    text, sentences = draft.text, []
    for sentence in draft.sentences:
        said = change(sentence)
        text = text.replace(sentence.text, said.text, 1)
        sentences.append(said)
    return Draft(text=text, sentences=tuple(sentences))


def added(draft: Draft, *sentences: Sentence) -> Draft:
    """The draft with sentences before its last paragraph."""
    said = " ".join(sentence.text for sentence in sentences)
    head, _, tail = draft.text.rpartition("\n\n")
    text = f"{head}\n\n{said}\n\n{tail}" if head else f"{said}\n\n{tail}"
    return Draft(text=text, sentences=(*draft.sentences[:-1], *sentences, *draft.sentences[-1:]))
