"""`python -m evals.coverage --set NAME [--home DIR]`."""

import argparse
import json
from pathlib import Path

from evals.coverage.company import report_of_company
from evals.coverage.items import SETS, read
from evals.coverage.running import coverer_of, report
from evals.homes import usual_models


def main() -> None:
    """Prints one JSON document. `kb` needs a home that serves the sample company."""
    parser = argparse.ArgumentParser(prog="python -m evals.coverage")
    parser.add_argument("--set", choices=(*SETS, "kb"), required=True)
    parser.add_argument("--home", type=Path)
    chosen = parser.parse_args()
    if chosen.set == "kb":
        document = report_of_company(chosen.home)
    else:
        compiled = chosen.home / "models" if chosen.home else usual_models()
        found = read(chosen.set)
        document = report(found, coverer_of(found, compiled))
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
