"""A chat server nobody here wrote: `transformers serve` with a model made on the spot.

The model is two layers of random numbers, so it speaks gibberish; protocol, streaming and token
counts are real. `serving` starts it once for a file of tests.
"""
