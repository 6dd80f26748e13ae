"""`python -m evals.gaps --home DIR [--seeds 10] [--hide 15]`."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from assist.service.covering import Covering
from evals.gaps.running import draws
from evals.opening import desk_of, existing


def main() -> None:
    """Prints one JSON document: means and each draw. Needs a home that serves the company."""
    parser = argparse.ArgumentParser(prog="python -m evals.gaps")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--hide", type=int, default=15)
    chosen = parser.parse_args()
    with desk_of(existing(chosen.home)) as desk:
        made = [asdict(one) for one in draws(Covering(desk), chosen.seeds, chosen.hide)]
    means = {name: round(float(np.mean([one[name] for one in made])), 3) for name in made[0]}
    print(json.dumps({"mean": means, "draws": made}, indent=2))


if __name__ == "__main__":
    main()
