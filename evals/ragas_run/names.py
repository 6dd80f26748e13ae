"""The metrics of ragas by the names they bear here; knowing a name needs no ragas."""

ID_PRECISION, ID_RECALL = "ragas_id_context_precision", "ragas_id_context_recall"
TEXT_PRECISION, TEXT_RECALL = "ragas_text_context_precision", "ragas_text_context_recall"
STRING_SIMILARITY = "ragas_string_similarity"
SEMANTIC_SIMILARITY = "ragas_semantic_similarity"
FAITHFULNESS = "ragas_faithfulness"
RELEVANCY = "ragas_answer_relevancy"
PRECISION, RECALL = "ragas_context_precision", "ragas_context_recall"
NOISE = "ragas_noise_robustness"
"""1 - ragas' noise sensitivity: everywhere else more is better, and a failure counts as 0."""

MODEL_FREE = (
    ID_PRECISION,
    ID_RECALL,
    TEXT_PRECISION,
    TEXT_RECALL,
    STRING_SIMILARITY,
    SEMANTIC_SIMILARITY,
)
"""Scored always: no language model is asked."""
OPTIONAL = {"ragas_rouge": "rouge_score", "ragas_bleu": "sacrebleu"}
"""Scored where a package is installed that ragas computes them with."""
JUDGED = (FAITHFULNESS, RELEVANCY, PRECISION, RECALL, NOISE)
"""Scored where a judge is asked for."""
METRICS = (*MODEL_FREE, *OPTIONAL, *JUDGED)

NEED_GOLD = frozenset(METRICS) - {FAITHFULNESS, RELEVANCY}
"""A case without gold passages is not eligible for these."""
NEED_REPLY = frozenset(
    {STRING_SIMILARITY, SEMANTIC_SIMILARITY, *OPTIONAL, FAITHFULNESS, RELEVANCY, NOISE}
)
"""A suggestion that abstains is not eligible for these: its draft answers nothing."""
