"""ragas' metrics over our suggestions. The only module that imports ragas, and only when asked to.

Metrics by ids and by text stand in its older interface alone, those with a judge in its newer one
(`collections`). Of the older one `_single_turn_ascore` is called: the public door beside it writes
an id of this machine into the user's home and calls LangChain's tracers. What ragas raises, and
what is no number of 0..1, is a failure that is counted.
"""

import importlib
import logging
import math
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from assist.domain.evaluation import CaseScore
from assist.errors import ModelFailure
from assist.ports.embedding import Embedder
from evals.ragas_run import names
from evals.ragas_run.edit_distance import similarity
from evals.ragas_run.judge import Judge, Sitting
from evals.ragas_run.sample import Sample
from evals.ragas_run.versions import require_ragas

NO_TRACKING = "RAGAS_DO_NOT_TRACK"
ROUNDING = 1e-6
"""ragas divides by a sum + 1e-10, and cosines of equal texts miss 1 by as little."""
COSINES = frozenset({names.SEMANTIC_SIMILARITY, names.RELEVANCY})
"""These may be negative, which says no more than 0 does."""
BROKEN = (ModelFailure, ValueError, TypeError, LookupError, ArithmeticError, AssertionError)
"""How a metric of ragas ends that cannot be computed."""
Metric = Callable[[Sample], Awaitable[float]]


def load() -> Any:
    """The package. Raises `NotReady` where it is missing or of a version that would not work.

    Nothing of it leaves the machine: its counting of users is off before it is imported.
    """
    require_ragas()
    os.environ[NO_TRACKING] = "true"
    ragas = importlib.import_module("ragas")
    logging.getLogger("ragas").setLevel(logging.ERROR)  # what it warns of is in our explanation
    return ragas


def missing() -> Mapping[str, str]:
    """Metrics that cannot be scored -> the package that each needs."""
    return {one: needs for one, needs in names.OPTIONAL.items() if find_spec(needs) is None}


def model_free(embedder: Embedder) -> dict[str, Metric]:
    """The metrics that ask no language model, by name. Raises `NotReady`."""
    load()
    found = _by_context() | _by_reply(_Vectors(embedder))
    return {name: metric for name, metric in found.items() if name not in missing()}


def judged(judge: Judge, embedder: Embedder) -> dict[str, Metric]:
    """The metrics that ask the judge, by name. Raises `NotReady`."""
    load()
    from ragas.embeddings.base import BaseRagasEmbedding
    from ragas.llms.base import InstructorBaseRagasLLM
    from ragas.metrics import collections as kinds

    InstructorBaseRagasLLM.register(Sitting)
    BaseRagasEmbedding.register(_Vectors)
    vectors = _Vectors(embedder)

    def sit(name: str) -> Any:
        return Sitting(judge, name)

    async def faithfulness(s: Sample) -> float:
        metric = kinds.Faithfulness(llm=sit(names.FAITHFULNESS))
        return await _value(metric.ascore(s.question, s.reply, list(s.texts)))

    async def relevancy(s: Sample) -> float:
        metric = kinds.AnswerRelevancy(llm=sit(names.RELEVANCY), embeddings=vectors)  # type: ignore[arg-type]
        return await _value(metric.ascore(s.question, s.reply))

    async def precision(s: Sample) -> float:
        metric = kinds.ContextPrecision(llm=sit(names.PRECISION))
        return await _value(metric.ascore(s.question, s.reference, list(s.texts)))

    async def recall(s: Sample) -> float:
        metric = kinds.ContextRecall(llm=sit(names.RECALL))
        return await _value(metric.ascore(s.question, list(s.texts), s.reference))

    async def noise(s: Sample) -> float:
        metric = kinds.NoiseSensitivity(llm=sit(names.NOISE))
        return 1 - await _value(metric.ascore(s.question, s.reply, s.reference, list(s.texts)))

    found = (faithfulness, relevancy, precision, recall, noise)
    return dict(zip(names.JUDGED, found, strict=True))


async def scored(sample: Sample, metrics: Mapping[str, Metric]) -> dict[str, CaseScore]:
    """Each metric's score of the sample; none where it is not eligible."""
    return {name: await _score(name, metric, sample) for name, metric in metrics.items()}


async def _score(name: str, metric: Metric, sample: Sample) -> CaseScore:
    if (score := _without_asking(name, sample)) is not None:
        return score
    try:
        value = await metric(sample)
    except BROKEN as error:
        return _failed(str(error) or type(error).__name__)
    if name in COSINES and -1 - ROUNDING <= value < 0:
        return CaseScore(value=0.0, explanation=f"the cosine is {value:.2f}")
    if not -ROUNDING <= value <= 1 + ROUNDING:  # NaN too
        return _failed("it is no number" if math.isnan(value) else f"{value} is not within 0 to 1")
    return CaseScore(value=min(1.0, max(0.0, value)))


def _without_asking(name: str, sample: Sample) -> CaseScore | None:
    """The score where ragas has no answer to give: not eligible, or nothing was found."""
    if name in names.NEED_GOLD and not sample.gold:
        return CaseScore(value=None, explanation="the case names no gold passages")
    if name in names.NEED_REPLY and not sample.reply:
        return CaseScore(value=None, explanation="nothing is answered")
    if name not in names.NEED_REPLY and not sample.found:
        return CaseScore(value=0.0, explanation="nothing was found")
    if name in NEED_FOUND and not sample.found:
        return CaseScore(value=None, explanation="nothing was found that it could rest on")
    return None


NEED_FOUND = frozenset({names.FAITHFULNESS, names.NOISE})
"""These compare the reply with what was found."""


def _failed(why: str) -> CaseScore:
    return CaseScore(value=0.0, explanation=f"the metric failed: {why}", failed=True)


async def _value(asked: Awaitable[Any]) -> float:
    return float((await asked).value)


def _by_context() -> dict[str, Metric]:
    """What was found beside the gold: by ids, and by how alike the texts are."""
    from ragas.dataset_schema import SingleTurnSample
    from ragas.metrics._context_precision import (
        IDBasedContextPrecision,
        NonLLMContextPrecisionWithReference,
    )
    from ragas.metrics._context_recall import IDBasedContextRecall, NonLLMContextRecall

    alike: Any = _Alike()

    def of(metric: Any) -> Metric:
        async def score(s: Sample) -> float:
            shown = SingleTurnSample(
                retrieved_context_ids=list(s.found),
                reference_context_ids=list(s.gold),
                retrieved_contexts=list(s.texts),
                reference_contexts=list(s.gold_texts),
            )
            return float(await metric._single_turn_ascore(shown, []))  # noqa: SLF001 - see above

        return score

    return {
        names.ID_PRECISION: of(IDBasedContextPrecision()),
        names.ID_RECALL: of(IDBasedContextRecall()),
        names.TEXT_PRECISION: of(NonLLMContextPrecisionWithReference(distance_measure=alike)),
        names.TEXT_RECALL: of(NonLLMContextRecall(_distance_measure=alike)),
    }


def _by_reply(vectors: "_Vectors") -> dict[str, Metric]:
    """The reply beside the reference."""
    from ragas.embeddings.base import BaseRagasEmbedding
    from ragas.metrics import collections as kinds

    BaseRagasEmbedding.register(_Vectors)
    meaning: Any = vectors

    def of(make: Callable[[], Any]) -> Metric:
        async def score(s: Sample) -> float:
            return await _value(make().ascore(reference=s.reference, response=s.reply))

        return score

    async def string_similarity(s: Sample) -> float:
        return similarity(s.reference, s.reply)

    return {
        names.STRING_SIMILARITY: string_similarity,
        names.SEMANTIC_SIMILARITY: of(lambda: kinds.SemanticSimilarity(embeddings=meaning)),
        "ragas_rouge": of(kinds.RougeScore),
        "ragas_bleu": of(kinds.BleuScore),
    }


class _Alike:
    """How alike two texts are, in the place of ragas' metric that needs rapidfuzz."""

    async def single_turn_ascore(self, sample: Any, *_callbacks: object) -> float:
        """1 - Levenshtein's distance / the longer length."""
        return similarity(sample.reference, sample.response)


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Our embedder as ragas calls one."""

    embedder: Embedder

    def embed_text(self, text: str) -> list[float]:
        """The text's vector."""
        return [float(part) for part in self.embedder.embed([text])[0]]

    async def aembed_text(self, text: str) -> list[float]:
        """The same, awaited: the model runs in this process."""
        return self.embed_text(text)

    async def aembed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector per text."""
        return [self.embed_text(text) for text in texts]
