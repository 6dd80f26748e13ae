"""Everything that can be set, read from the environment (prefix `ASSIST_`) in this file only."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assist.domain.endpoint import ChatSettings
from assist.domain.suggestion import WantedMode
from assist.errors import BadSetting
from assist.ports.words import Privacy


def _set(default: Any, description: str, example: str = "", **limits: Any) -> Any:
    """A setting: its default, what it says, and what one that has no default may look like."""
    return Field(
        default, description=description, examples=[example] if example else None, **limits
    )


class Settings(BaseSettings):
    """The settings of one process. `assist settings` prints what each of them says."""

    model_config = SettingsConfigDict(
        env_prefix="ASSIST_", env_nested_delimiter="__", extra="ignore", frozen=True
    )

    home: Path = _set(Path(".assist"), "Folder that holds all embedded state.")
    workspace: str = _set(
        "default",
        "Whose knowledge and suggestions; one home can hold several. "
        "Lower-case letters, digits, - and _.",
    )
    database_url: str | None = _set(
        None,
        "A PostgreSQL server of your own, version 15 or later. Unset: the embedded one.",
        "postgresql://assist:secret@db.example.org/assist",
    )
    embedder: Path | None = _set(
        None,
        "Folder of another sentence-transformers model. Unset: the packaged all-MiniLM-L6-v2. "
        "After a change of model ingest again: until then search and suggest refuse.",
        "/srv/models/my-model",
    )
    embedder_languages: Annotated[tuple[str, ...], NoDecode] = _set(
        (),
        "What that model reads: codes with commas between them, or multilingual. "
        "Unset: what its model card says.",
        "de,en",
    )
    compiled: Path | None = _set(
        None,
        "Folder for the embedding model as compiled for this machine, which several homes may "
        "share. Unset: `models` in the home.",
        "/var/cache/assist/models",
    )
    records_url: str | None = _set(
        None,
        "Base URL of a customer-records service. Unset: the knowledge base's records.yaml.",
        "https://crm.example.org/api",
    )
    records_mapping: dict[str, str] = _set(
        {},
        "Needed with it. JSON: field of our record -> dotted path in that service's answer. It "
        "must say where the id stands; fields it does not name are not read.",
        '{"id": "customer.id", "name": "customer.full_name", "tier": "plan.level"}',
    )
    mode: WantedMode = _set(
        "auto",
        "How suggestions are made: extractive, from quotes alone; llm, helped by a language model, "
        "refused where none is set; auto, with its help where one is set.",
    )
    llm: ChatSettings = ChatSettings()
    privacy: Privacy = _set(
        "standard",
        "What is hidden from the language model: standard, what has the shape of personal data and "
        "what the ticket says of its customer; strict, also what may be a name or a number of "
        "somebody; off, nothing.",
    )
    privacy_ner: str | None = _set(
        None,
        "A spaCy model, by name or folder, that finds names for ASSIST_PRIVACY=strict.",
        "en_core_web_sm",
    )
    max_upload_mb: int = _set(
        100,
        "Millions of bytes that one request to /v1/ingest may bring as files.",
        ge=1,
        le=10_000,
    )

    @field_validator("embedder_languages", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        """From the environment, codes with commas between them."""
        if not isinstance(value, str):
            return value
        return tuple(code.strip() for code in value.split(",") if code.strip())


def read_settings(home: Path | None = None, workspace: str | None = None) -> Settings:
    """The settings from the environment; what is given here wins. Raises `BadSetting`."""
    given = {"home": home, "workspace": workspace}
    try:
        return Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSIST_" + "__".join(str(part) for part in first["loc"]).upper()
        raise BadSetting(first["msg"], where=name, cure=f"change or unset {name}") from error
