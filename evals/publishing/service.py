"""A running service that runs are published to."""

from pathlib import Path

from assist.domain.eval_runs import EvalPart, EvalRunKept
from evals.running.files import text_of
from evals.simulating.service import Service

JSON = {"Content-Type": "application/json"}


class EvalService(Service):
    """A service of `assist`, asked with a key that may publish where it wants one."""

    def publish(self, part: EvalPart) -> EvalRunKept:
        """Keep a part; what is kept of the run so far."""
        body = part.model_dump_json(exclude_defaults=True).encode()
        answer = self._send("POST", "/v1/eval-runs", content=body, headers=JSON)
        return self._read(EvalRunKept, self._fine(answer))


def key_in(file: Path | None) -> str | None:
    """The key in a file: on the command line every user of the machine could read it."""
    return None if file is None else text_of(file, "check --key-file").strip()
