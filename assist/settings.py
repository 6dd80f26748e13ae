"""Everything that can be set, read from the environment (prefix `ASSIST_`) in this file only."""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assist.errors import BadSetting

Mode = Literal["extractive", "llm", "auto"]


class Settings(BaseSettings):
    """The settings of one process.

    home: folder that holds all embedded state.
    workspace: whose knowledge and suggestions; one home can hold several.
    database_url: a PostgreSQL server; none means the embedded one under `home`.
    embedder: folder of a sentence-transformers model; none means the packaged MiniLM.
    records_url: base URL of a customer-records service; none means the knowledge base's
        `records.yaml`.
    records_mapping: our record's field -> dotted path in that service's JSON; fields not named
        have our own names there.
    mode: how drafts are made.
    """

    model_config = SettingsConfigDict(env_prefix="ASSIST_", extra="ignore", frozen=True)

    home: Path = Path(".assist")
    workspace: str = "default"
    database_url: str | None = None
    embedder: Path | None = None
    records_url: str | None = None
    records_mapping: dict[str, str] = {}
    mode: Mode = "auto"


def read_settings(home: Path | None = None, workspace: str | None = None) -> Settings:
    """The settings from the environment; what is given here wins. Raises `BadSetting`."""
    given = {"home": home, "workspace": workspace}
    try:
        return Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSIST_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadSetting(first["msg"], where=name, cure=f"change or unset {name}") from error
