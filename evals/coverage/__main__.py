"""`python -m evals.coverage --set NAME [--documents N] [--home DIR]`."""

import argparse
import json
from pathlib import Path

from evals.coverage.company import report_of_company
from evals.coverage.items import SETS, read
from evals.coverage.running import coverer_of, few, report
from evals.homes import usual_models


def main() -> None:
    """Prints one JSON document. `kb` needs a home that serves the sample company."""
    parser = argparse.ArgumentParser(prog="python -m evals.coverage")
    parser.add_argument("--set", choices=(*SETS, "kb"), required=True)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--documents", type=int, help="judge by so many of them alone, in draws")
    chosen = parser.parse_args()
    if chosen.documents is not None and (chosen.set == "kb" or chosen.documents < 1):
        parser.error("--documents takes 1 or more, of a set of documents")
    if chosen.set == "kb":
        document = report_of_company(chosen.home)
    else:
        compiled = chosen.home / "models" if chosen.home else usual_models()
        found = read(chosen.set)
        coverer = coverer_of(found, compiled)
        document = (
            few(found, coverer, chosen.documents) if chosen.documents else report(found, coverer)
        )
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
