"""Words any sentence may have beside what it states: the verbs, adverbs and nouns of plain talk.

General English, by what they do; none of them says who, which, how much or under what condition.
"""

from assist.drafting.grounding.roots import listed, root

FILLER = frozenset(
    root(word)
    for word in listed(
        """
accord according achieve act actual adapt add addition additional additionally adjust affect
afraid aim alike allow alright amount anyhow anyway appear appropriate approach area arise
arrange aspect assist associate assume attempt attention aware basic basically basis beforehand
behave believe belong benefit beneficial best better briefly broad care careful carefully case
chance check choice clear clearly comfortable comfortably common commonly compare complete
completely comprehensive concern concerned condition confirm consider consideration considered
contain context continue contribute course create crucial current deal decide define definite
depend depending describe desire detail details detailed determine develop difference differ
different directly discover discuss document documents documentation done due easily easy
effect effective efficient effort elsewhere emphasize enable encourage end engage enhance enjoy
enough ensure entire entirely environment especially essential essentially establish evaluate
event eventually example exact exactly experience explore extra face facilitate fact factor fair
fairly fall familiar far favor feature feel figure fine fit focus forget form fortunately
frequent fully further furthermore future gather generally given glad goal goes going gone good
great guidance handle handy hang happy hear heavily helpful here highlight highly hope huge
idea ideal identify impact important importantly improve inside instance instead intend
interested interesting involve issue jot key kindly lack large largely lead leave left let
likely line little long longer lots main mainly major maintain manage manner many matter
matters maybe mean meaning means meantime meanwhile mention mind miss moreover multiple namely
natural naturally navigate near necessary necessarily need nice nicely normal normally note
noted notable notably occur odd often okay ones ongoing onwards option options ordinary
otherwise outcome overall own particular particularly past perform perhaps period pick plan
plain plus point possibility potential potentially practical prefer prepare present pretty
primary primarily proceed process proper properly provided purpose quick quickly quite range
rather reach ready realize reason recall recognize recommend reduce refer regarding regardless
related relation relevant remain remaining represent resolve resource respective respectively
rest result retain review role roughly run running runs sake secure seem select separate serve
service set several significant significantly similar similarly simple situation slightly
smooth smoothly somehow somewhat somewhere soon sorry sort specifically stand stands start
stay steps stick still straight sub suggest suit suitable summary supposed sure tackle talk
tend term terms thankfully therefore thing think though thus tie together topic total toward
treat turn turns type typical typically ultimately understand unfortunately unless usable
useful user using usual usually utilize valuable variety vary varied view visit want way
welcome whatever whenever whereas wherever whichever whole wide widely willing wish within wonder
work works worry worries worth yours go hand hold leaves run drop drops comes get gets got
happen happens keep keeps know knows look looks lot make makes sit sits
"""
    )
)
"""By root."""
