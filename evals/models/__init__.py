"""Whatever a language model does, does the suggestion stay safe?

    python -m evals.models [--behaviors N] [--tickets N] [--json]

A scripted server speaks OpenAI's protocol over HTTP and behaves in one of many ways; tickets of
the suites `core` and `traps` are suggested for with its help. `watching` says what must hold of
each suggestion, without asking any code that made it.
"""
