"""A whole set of parts over fakes, and small knowledge bases on disk to put in them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from assist.adapters.documents import DocumentSource
from assist.adapters.language import NaiveBayesLanguages
from assist.adapters.privacy.redactor import PatternRedactor
from assist.adapters.uploads import FolderUploads
from assist.domain.jobs import IngestReport
from assist.service.indexing import silent
from assist.service.ingest import ingest
from assist.service.parts import Parts
from tests.builders import NOW
from tests.fake_cases import InMemoryCases, InMemoryCheckpoints
from tests.fake_catalogue import InMemoryCatalogue
from tests.fake_embedder import ToyEmbedder
from tests.fake_errands import InMemoryErrands
from tests.fake_escalated import InMemoryApprovals, InMemoryEscalated
from tests.fake_eval_runs import InMemoryEvalRuns
from tests.fake_feedback import InMemoryFeedback
from tests.fake_gaps import InMemoryGaps
from tests.fake_keys import InMemoryKeys
from tests.fake_ledger import InMemoryConsultations, InMemoryGrants
from tests.fake_parts import InMemoryParts
from tests.fake_sessions import InMemoryAudit, InMemorySessions
from tests.fake_spending import InMemorySpending
from tests.fake_statements import InMemoryStatements
from tests.fake_timers import InMemoryNotices, InMemoryTimers
from tests.fake_upstream import InMemoryUpstream
from tests.fake_vectors import ExactVectors
from tests.fake_words import NaiveLexical
from tests.fakes import FrozenClock, InMemoryJobs, InMemoryKnowledge, InMemorySuggestions


def some_parts(**chosen: Any) -> Parts:
    """Parts of an empty workspace; any of them may be given."""
    keys = chosen.get("keys", InMemoryKeys())
    cases = chosen.pop("cases", None) or InMemoryCases()
    grants = InMemoryGrants()
    timers = chosen.pop("timers", None) or InMemoryTimers()
    parts = Parts(
        knowledge=InMemoryKnowledge(),
        suggestions=InMemorySuggestions(),
        grants=grants,
        consultations=InMemoryConsultations(),
        escalated=InMemoryEscalated(),
        approvals=InMemoryApprovals(grants),
        cases=cases,
        checkpoints=InMemoryCheckpoints(),
        notices=InMemoryNotices(cases),
        timers=timers,
        errands=InMemoryErrands(timers),
        feedback=InMemoryFeedback(),
        eval_runs=InMemoryEvalRuns(),
        gaps=InMemoryGaps(),
        upstream=InMemoryUpstream(),
        catalogue=InMemoryCatalogue(),
        vectors=ExactVectors(),
        parts=InMemoryParts(),
        statements=InMemoryStatements(),
        lexical=NaiveLexical(),
        embedder=ToyEmbedder(),
        detector=NaiveBayesLanguages(),
        redactor=PatternRedactor(),
        source=DocumentSource(),
        clock=FrozenClock(NOW),
        jobs=InMemoryJobs(),
        keys=keys,
        sessions=InMemorySessions(keys),
        audit=InMemoryAudit(),
        spending=InMemorySpending(),
        uploads=FolderUploads(Path("/proc/no-uploads-here"), limit=1_000),
        workspace="default",
        home="here",
    )
    return replace(parts, **chosen)


def a_kb(folder: Path, **texts: str) -> Path:
    """A KB root with an article per name given."""
    for name, text in texts.items():
        file = folder / "articles" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def ingested(parts: Parts, path: Path, **options: Any) -> IngestReport:
    """Ingest without a policy check."""
    given = {"check": lambda _files, _documents: None, "progress": silent}
    return ingest(parts, path, **(given | options))
