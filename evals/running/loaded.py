"""What every worker needs, loaded once before they are forked: seconds for each of them.

Only what is the same for every home and starts no thread.
"""

from importlib import import_module

MODULES = (
    "assist.adapters.records.yaml_file",
    "assist.service.helping",
    "assist.service.suggest",
    "babel.numbers",
    "evals.running.workers",
    "langchain_core.tracers.event_stream",
    "onnxruntime",
    "py3langid.langid",
    "tantivy",
    "tokenizers",
)


def load() -> None:
    """Import the modules, build the graph and the grammar of conditions."""
    for name in MODULES:
        import_module(name)
    from assist.graph.build import build_suggest_graph
    from assist.policies.condition_grammar import environment

    build_suggest_graph()
    environment()


load()
