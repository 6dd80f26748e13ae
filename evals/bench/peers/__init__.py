"""The usual stacks on the same passages and the same MiniLM: how good and how fast are they?

    python -m evals.bench.peers --corpus BEIR_DIR --queries QUERIES.jsonl --out DIR [--peer NAME]

Each peer is built as its own pages build hybrid search (`stacks/`, one file each, with the pages
named) and runs in an environment of its own (`requirements/`), made below `--environments` on
first use: PyTorch's CPU build and the peer, a gigabyte and some minutes each. Nothing is fetched
after that: the model is a folder.

`passages`      a BEIR folder -> passages, cut by our own chunker, titles and headings in front
`environments`  a peer -> its Python
`running`       a peer, passages and queries -> a TREC run by document, and seconds and memory
`measuring`     what runs inside the peer's environment; says what a stack is
`scoring`       the runs of all peers -> recall, nDCG and MRR per query, to compare with any other
`corpora`       passages and queries of any number, to measure speed on

A run asks for 100 passages; a document stands where its best passage stands. Times are of searches
for 10, one by one, of distinct queries, in a warm process, query embedding included.
"""
