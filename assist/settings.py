"""Everything that can be set, read from the environment (prefix `ASSIST_`) in this file only."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from assist.domain.doors import (
    Doors,
    HostTokenSettings,
    OidcSettings,
    Origin,
    RateSettings,
    SignInSettings,
)
from assist.domain.endpoint import ChatSettings
from assist.domain.gap_work import GapSettings
from assist.domain.handling import HandlingSettings
from assist.domain.helpdesk_settings import NAME, HelpdeskSettings
from assist.domain.load import LoadSettings, LogForm
from assist.domain.suggestion import WantedMode
from assist.errors import BadSetting
from assist.ports.words import Privacy

FROM_FILE = "_file"
"""How the name of a variable ends that names a file with the value in it."""


def _set(default: Any, description: str, example: str = "", **limits: Any) -> Any:
    """A setting: its default, what it says, and what one that has no default may look like."""
    return Field(
        default, description=description, examples=[example] if example else None, **limits
    )


class EnvironmentAndFiles(EnvSettingsSource):
    """The environment, in which `ASSIST_X_FILE` names a file that holds `ASSIST_X`.

    For secrets: what stands in the environment is seen by whoever may look at a process, and is
    handed on to every process that it starts.
    """

    def __init__(self, settings: type[BaseSettings]) -> None:
        super().__init__(settings)
        found = {name: value for name, value in self.env_vars.items() if value is not None}
        read = values_in_files(found, self.env_prefix.lower())
        named = {wanted + FROM_FILE for wanted in read}
        self.env_vars = {**{k: v for k, v in found.items() if k not in named}, **read}


def values_in_files(environment: Mapping[str, str], prefix: str) -> dict[str, str]:
    """What the files hold that variables with this prefix name, by variable, in small letters.

    Raises `BadSetting` where one cannot be read, or is given beside the variable itself.
    """
    values = {}
    for name, path in environment.items():
        wanted = name.removesuffix(FROM_FILE)
        if not name.startswith(prefix) or wanted == name or not path:
            continue
        if environment.get(wanted):
            cure = f"unset {wanted.upper()} or {name.upper()}"
            raise BadSetting("given twice, by value and by file", where=wanted.upper(), cure=cure)
        try:
            values[wanted] = Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            said = error.strerror if isinstance(error, OSError) else "not text in UTF-8"
            raise BadSetting(
                f"{path} cannot be read: {said}",
                where=name.upper(),
                cure="name a file that this user may read",
            ) from error
    return values


class Settings(BaseSettings):
    """The settings of one process. `assist settings` prints what each of them says."""

    model_config = SettingsConfigDict(
        env_prefix="ASSIST_", env_nested_delimiter="__", extra="ignore", frozen=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *others: PydanticBaseSettingsSource,
        **named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given, then the environment and the files that it names; nothing else."""
        del others, named
        return init_settings, EnvironmentAndFiles(settings_cls)

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
    chroma_url: str | None = _set(
        None,
        "A Chroma server (`chroma run`) for the graphs of knowledge bases with more than 30,000 "
        "passages of a kind, where several processes serve. Unset: embedded, for one process.",
        "http://127.0.0.1:8001",
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
    ray_address: str | None = _set(
        None,
        "A Ray cluster, one's own, for --engine ray: its nodes need this package, the database and "
        "the home's folder. Unset: one of this machine's processors.",
        "10.0.0.5:6379",
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

    retention_days: int | None = _set(
        None,
        "Days after which a case that has ended is forgotten, and a suggestion without a case. "
        "Unset: they are kept.",
        "730",
        ge=1,
        le=36_500,
    )
    gaps: GapSettings = GapSettings()
    handling: HandlingSettings = HandlingSettings()
    load: LoadSettings = LoadSettings()
    log: LogForm = _set("text", "How the server's log is written: text, or json, a line each.")
    otlp_endpoint: str | None = _set(
        None,
        "Where traces are sent, by OTLP over HTTP; ids and times, never text. Unset: nowhere.",
        "http://127.0.0.1:4318",
    )
    sign_in: SignInSettings = SignInSettings()
    oidc: OidcSettings = OidcSettings()
    host_tokens: HostTokenSettings = HostTokenSettings()
    helpdesks: dict[Annotated[str, Field(pattern=NAME)], HelpdeskSettings] = _set(
        {},
        "Helpdesks, by names of your own: their tickets are fetched when they tell of them. JSON; "
        "one field may also have a variable of its own, as ASSIST_HELPDESKS__CHAT__TOKEN.",
        '{"chat": {"kind": "chatwoot", "url": "https://chat.example.org", "account": "1", '
        '"token": "…", "secrets": ["…"]}}',
    )
    rate: RateSettings = RateSettings()
    frame_ancestors: Annotated[tuple[Origin, ...], NoDecode] = _set(
        (),
        "Origins of helpdesk pages that may show our pages in a frame, with commas between them. "
        "Unset: only our own.",
        "https://helpdesk.example.org",
    )

    @property
    def doors(self) -> Doors:
        """How people come in, all of it."""
        return Doors(
            sign_in=self.sign_in,
            oidc=self.oidc,
            host_tokens=self.host_tokens,
            rate=self.rate,
            frame_ancestors=self.frame_ancestors,
        )

    @field_validator("embedder_languages", "frame_ancestors", mode="before")
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
        name = "ASSIST_" + "__".join(map(str, _without_key(first["loc"]))).upper()
        raise BadSetting(first["msg"], where=name, cure=f"change or unset {name}") from error


def _without_key(place: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Where it is wrong; pydantic says of a name that it is wrong as its last part."""
    return place[:-1] if place[-1] == "[key]" else place
