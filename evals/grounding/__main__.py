"""`python -m evals.grounding --set NAME [--home DIR]`."""

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assist.adapters.embedding.embedder import SentenceEmbedder
from evals.grounding.items import EDITS, LABELLED, items, kept_for_checking
from evals.grounding.measuring import Scored, report, scored

FILE = re.compile(r"\d+")


def main() -> None:
    """Prints one JSON document; the edits are told apart by kind, and by odd and even files."""
    parser = argparse.ArgumentParser(prog="python -m evals.grounding")
    parser.add_argument("--set", choices=(*LABELLED, *EDITS), required=True)
    parser.add_argument("--home", type=Path, default=Path(".assist"))
    chosen = parser.parse_args()
    model = SentenceEmbedder(compiled=chosen.home / "models", cache=100_000)
    found = list(scored(items(chosen.set), model.embed))
    document: dict[str, object] = {"set": chosen.set, **report(found)}
    if chosen.set in EDITS:
        document["by_half"] = {half: report(part) for half, part in _halves(found).items() if part}
        edited = [s for s in found if not s.item.supported]
        document["caught_by_edit"] = _marked_by_edit(edited)
        document["false_alarms_by_edit"] = _marked_by_edit([s for s in found if s.item.supported])
    print(json.dumps(document, indent=2))


def _marked_by_edit(found: Sequence[Scored]) -> dict[str, float]:
    """Share marked, by the kind of edit."""
    return {
        kind: round(float(np.mean([s.caught for s in found if s.item.group == kind])), 3)
        for kind in sorted({s.item.group for s in found})
    }


def _halves(found: Sequence[Scored]) -> dict[str, list[Scored]]:
    """Cases are numbered g01-001, u1-001, …: the first number is the file's.

    Those of `grounding_hard` are told apart by what they are for.
    """
    halves: dict[str, list[Scored]] = {"odd": [], "even": []}
    if all(one.item.id.startswith("gh") for one in found):
        kept = [one for one in found if kept_for_checking(one.item)]
        return {"design": [one for one in found if one not in kept], "kept": kept}
    for one in found:
        halves["odd" if int(FILE.findall(one.item.id)[0]) % 2 else "even"].append(one)
    return halves


if __name__ == "__main__":
    main()
