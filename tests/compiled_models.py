"""Where tests keep compiled models, so that each machine compiles the packaged one once."""

import hashlib
import os
import tempfile
from pathlib import Path

SOURCES = Path(__file__).parent.parent / "assist" / "adapters" / "embedding"


def compiled_models() -> Path:
    """A folder in the system's temporary one; another as soon as what compiles is changed."""
    sources = b"".join(file.read_bytes() for file in sorted(SOURCES.iterdir()) if file.is_file())
    version = hashlib.sha256(sources).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"assist-tests-{os.getuid()}" / version
