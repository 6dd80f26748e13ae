"""BERTopic as its first page shows it: `BERTopic().fit_transform(docs)`.

Its defaults: UMAP to 5 dimensions by 15 neighbors, HDBSCAN from 10 documents on, words by c-TF-IDF.
The one thing given is the model, the same all-MiniLM-L6-v2 that it would fetch, from a folder.
https://maartengr.github.io/BERTopic/getting_started/quickstart/quickstart.html

    python -I bertopic_default.py TEXTS.jsonl --model DIR

Run in its own environment; needs nothing of this project. Prints the number of topics as JSON.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> None:
    """Topics of these texts, a JSON string a line."""
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer

    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    given = parser.parse_args(arguments)
    with given.texts.open(encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    model = BERTopic(embedding_model=SentenceTransformer(str(given.model)))
    topics, _ = model.fit_transform(texts)
    found = {"topics": len(set(topics) - {-1}), "outliers": sum(topic == -1 for topic in topics)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
