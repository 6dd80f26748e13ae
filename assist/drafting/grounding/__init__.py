"""Is every sentence of a reply supported by the passages it may rest on?

`pieces` and `kinds` take a reply apart, `claims` the sources; `reading` and `values` read both;
`meanings` finds the words that mean nearly the same; `amounts`, `naming`, `actors`, `turns`,
`conditions`, `order` and `sequence` say what speaks against a sentence, `features` and `weights`
how much, and `checking` puts it together.
"""

from assist.drafting.grounding.checking import check, check_sentence
from assist.drafting.grounding.claims import Embed

__all__ = ["Embed", "check", "check_sentence"]
