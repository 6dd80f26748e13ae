"""`python -m tests.evals.assist_evals`: the command, in a process of its own."""

from evals.cli import main

if __name__ == "__main__":
    main()
