"""Is every sentence of a reply supported by the passages it may rest on?

`pieces` and `kinds` take a reply apart, `claims` the sources; `reading` and `values` read both;
`meanings` finds the words that mean nearly the same; `amounts`, `naming`, `actors`, `turns`,
`conditions`, `order` (with `steps`) and `sequence` say what speaks against a sentence; `beyond`
what it leaves out (`runs`), turns round (`stance`), counts otherwise (`counting`) or gives another
reason for (`reasons`); `features` and `weights` how much; and `checking` puts it together.
"""

from assist.drafting.grounding.checking import check, check_sentence
from assist.drafting.grounding.claims import Embed

__all__ = ["Embed", "check", "check_sentence"]
