"""Small words that turn what a sentence says: denial, duty, frequency, conditions, opposites.

They are words of English, not of any company or data set.
"""

from assist.drafting.grounding.roots import listed, root

NEGATORS = frozenset(
    listed(
        """
no not never none cannot without neither nor nothing nobody nowhere hardly dont doesnt didnt
isnt wasnt arent werent wont cant
"""
    )
)
"""And every word that ends in "n't"."""
DENYING = frozenset(
    root(word)
    for word in listed(
        """
fail refuse deny decline reject lack unable impossible prevent prohibit forbid exclude stop
unless except miss avoid void invalid unavailable ineligible refrain absent
"""
    )
)
"""Roots of words that deny in themselves: "is refused" beside "is not accepted"."""

Duty = str
DUTIES: dict[str, Duty] = {
    **dict.fromkeys(
        listed(
            """
must need needs needed required require requires shall mandatory obliged necessary
obligatory have-to has-to had-to obligated bound-to
"""
        ),
        "must",
    ),
    **dict.fromkeys(
        listed(
            """
should ought recommend recommended recommends advise advisable preferably
"""
        ),
        "should",
    ),
    **dict.fromkeys(
        listed(
            """
can could able allowed permitted optional optionally may might possible possibly perhaps
maybe free-to welcome-to option-of if-you-like
"""
        ),
        "may",
    ),
    **dict.fromkeys(
        listed(
            """
will always guaranteed certainly definitely guarantee guarantees invariably
"""
        ),
        "will",
    ),
}
HEDGES = frozenset(
    listed(
        """
may might could usually typically normally often sometimes generally mostly perhaps maybe
possibly occasionally rarely mainly
"""
    )
)
CERTAIN = frozenset(
    listed(
        """
always never guaranteed guarantee guarantees definitely certainly
"""
    )
)
SURE = (CERTAIN - {"never"}) | frozenset(
    listed("surely proves prove ensures ensure invariably inevitably every-time")
)
"""Words that leave no doubt, denial apart."""
QUANTITIES: dict[str, str] = {
    **dict.fromkeys(
        listed(
            """
all every everyone everything both entire whole full fully completely
"""
        ),
        "all",
    ),
    **dict.fromkeys(
        listed(
            """
some most many several few half part partly partial partially certain
"""
        ),
        "some",
    ),
}
ONLY = frozenset(["only", "solely", "exclusively", "alone", "merely"])
CONDITIONS = frozenset(
    listed(
        """
if unless except until till once when whenever after before without while because provided
providing excluding although
"""
    )
)
"""Words that open a condition, a time or a reason."""
LIMITING = frozenset(
    listed(
        """
if unless except until till once when whenever after before without provided providing
excluding during within
"""
    )
)

_PAIRS = """
enable disable | activate deactivate | allow forbid | allow prohibit | permit forbid | accept
refuse | accept reject | accept decline | approve reject | include exclude | open close | open
shut | start stop | start end | begin end | lock unlock | connect disconnect | plug unplug |
install uninstall | add remove | mount unmount | subscribe unsubscribe | pair unpair | mute
unmute | increase decrease | raise lower | rise fall | grow shrink | extend shorten | expand
collapse | left right | top bottom | above below | upper lower | front back | inside outside |
indoors outdoors | indoor outdoor | first last | early late | earlier later | next previous |
old new | older newer | older younger | minimum maximum | least most | more less | more fewer |
most fewest | longer shorter | larger smaller | larger lower | higher lower | high low | faster
slower | fast slow | hot cold | warm cold | warmer colder | wet dry | full empty | free charged
| free paid | on off |  up down | upload download | push pull | press release | send
receive | buy sell | keep delete | keep discard | keep lose | save delete | save discard |
public private | internal external | domestic international | same different | same another |
valid invalid | safe unsafe | safe dangerous | online offline | wired wireless | manual
automatic | manually automatically | temporary permanent | temporarily permanently | day night |
morning evening | morning afternoon | sender recipient | buyer seller | customer company |
always never | always sometimes | everybody nobody | every no | possible impossible | available
unavailable | required optional | mandatory optional | lose gain | win lose | pass fail |
succeed fail | success failure | correct wrong | true false | normal abnormal | used unused |
opened unopened | faulty working | damaged undamaged | weekday weekend | monthly yearly | import
export | deposit withdraw | credit debit | borrow lend | toward away | near far | clockwise
counterclockwise | horizontal vertical | positive negative | black white | red green | green
amber | red amber | red blue | green blue | amber white | blue white | green white | red white |
steady blinking | bigger smaller | wider narrower | cheaper dearer | cheaper pricier | better
worse | stronger weaker | heavier lighter | taller shorter | thicker thinner | deeper shallower
| brighter darker | louder quieter | harder easier | solid blinking | different same |
wide narrow | big small | large small | long short | thick thin | deep shallow | strong weak
"""
OPPOSITES: dict[str, frozenset[str]] = {}
for _pair in _PAIRS.replace("\n", " ").strip(" |").split("|"):
    _one, _other = (root(word) for word in _pair.split())
    OPPOSITES[_one] = OPPOSITES.get(_one, frozenset()) | {_other}
    OPPOSITES[_other] = OPPOSITES.get(_other, frozenset()) | {_one}
