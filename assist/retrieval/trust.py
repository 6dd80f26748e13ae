"""A query -> how much its words count beside its meaning, without labels.

What tells the two kinds of query apart is how much of the query one passage can hold. A question
of a few words is either asked in the knowledge base's own words, then its best match by words
holds nearly all of them and words are to be trusted; or it is a paraphrase, then meaning is. A
story of thirty words is held whole by no passage; its vector is an average of everything it
tells, and the rare words in it are as good a lead as that average.
"""

from pydantic import Field

from assist.domain.base import Model, Unit


class Trust(Model):
    """The weight of words in [0, 1]; that of meaning is the rest.

    For a short query `least` up to a share of `knee`, then growing evenly to `most` at a share
    of 1; for a long one `told`. A query of `long` content terms is half of each.
    """

    least: Unit
    knee: float = Field(ge=0, lt=1)
    most: Unit
    told: Unit
    long: float = Field(gt=0)


TRUST = Trust(least=0.15, knee=0.65, most=0.5, told=0.6, long=12)
"""Set on six query files (FAQ, product manuals, a bank's messages and whole conversations, intents,
our own cases), nDCG@10 by document as meaning / words / fused: .983 / .876 / .973, .616 / .821 /
.822, .254 / .281 / .276, .263 / .392 / .401, .903 / .809 / .904, .693 / .726 / .756. One weight
for all of them does best at .4, with .006 less; the share alone, whatever the length, .012 less.
The optimum is flat: `least` .1 to .25, `most` .4 to .7, `told` .5 to .7, `long` 10 to 19 and
`knee` .5 to .75 each move the mean by less than .004. The height of the best scores over the
rest, the gap below them, the overlap of the two rankings, unknown words and what each retriever
makes of the other's best were fitted too: with them, the fit on all files but one was worse on
that one than this rule."""


def weight_of_words(share: float, terms: int, trust: Trust = TRUST) -> float:
    """The weight of words for a query of so many content terms.

    `share` says how much of the query's rare words the best match by words holds, 0..1.
    """
    above = max(0.0, min(1.0, max(0.0, share)) - trust.knee) / (1 - trust.knee)
    short = trust.least + (trust.most - trust.least) * above
    if terms < 1:
        return short
    told = 1 / (1 + (trust.long / terms) ** 4)
    return told * trust.told + (1 - told) * short


def reason(share: float, terms: int, trust: Trust = TRUST) -> str:
    """Why words weigh what they weigh: what weighs most in `weight_of_words`."""
    if terms > trust.long:
        return f"the query is long, {terms} terms"
    return f"their best match holds {share:.0%} of the query's rare words"
