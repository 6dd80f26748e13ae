"""What libraries would send somewhere: nothing of it is sent."""

import os

QUIET = {
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "RAGAS_DO_NOT_TRACK": "true",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}
"""What libraries read to decide whether they may send something somewhere: they may not, even
where the surroundings say otherwise, because what they would send is customers' mail."""


def keep_quiet() -> None:
    """Turn off every library's tracing, telemetry and downloads for this process and its own."""
    os.environ.update(QUIET)
