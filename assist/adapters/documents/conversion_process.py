"""The process that reads HTML, PDF and DOCX files: a request a line in, replies as lines out.

Such files come from anywhere and their readers are large; one that crashes, hangs or takes all
memory takes only this process with it. Run by `converter.Converter` as a module.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assist.adapters.documents.conversion import convert
from assist.adapters.documents.converted import UnconvertibleError


def main() -> None:
    """Answer requests until there are no more. The argument is the limit of memory in bytes."""
    _limit_memory(int(sys.argv[1]))
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii") as replies:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a reader that prints breaks no reply

        def reply(message: dict[str, Any]) -> None:
            replies.write(json.dumps(message) + "\n")
            replies.flush()

        for line in sys.stdin:
            path = Path(json.loads(line)["path"])
            try:
                reply({"converted": asdict(convert(path, lambda: reply({"alive": True})))})
            except UnconvertibleError as error:
                reply({"problem": error.problem, "cure": error.cure})


def _limit_memory(limit: int) -> None:
    if sys.platform != "win32":  # which has no such limit for a process itself
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
