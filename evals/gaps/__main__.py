"""`python -m evals.gaps --home DIR [--seeds 10] [--first 0] [--hide 15] [--set NAME]`."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from assist.service.covering import Covering
from evals.coverage.items import SETS, read
from evals.gaps.running import Asked, draws
from evals.opening import desk_of, existing


def main() -> None:
    """Prints one JSON document: means and each draw. Needs a home that serves the company."""
    parser = argparse.ArgumentParser(prog="python -m evals.gaps")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--hide", type=int, default=15)
    parser.add_argument(
        "--set", choices=tuple(SETS), help="another knowledge base and its questions"
    )
    chosen = parser.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    with desk_of(existing(chosen.home)) as desk:
        covering = Covering(desk)
        if chosen.set:
            asked = Asked.of_set(read(chosen.set), existing(chosen.home).home / "models")
        else:
            asked = Asked.of_company(covering)
        made = [asdict(one) for one in draws(covering, asked, seeds, chosen.hide)]
    means = {name: round(float(np.mean([one[name] for one in made])), 3) for name in made[0]}
    print(json.dumps({"mean": means, "draws": made}, indent=2))


if __name__ == "__main__":
    main()
