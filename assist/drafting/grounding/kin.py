"""Words of which one cannot stand for another of its kind: who acts, where, by which way.

“The courier collects it” is not “the bank collects it”, however near the two sentences are.
General English, in closed classes; products, plans and codes are told by their spelling.
"""

import functools

from assist.drafting.grounding.roots import listed

_CLASSES: dict[str, str] = {
    "actor": """
agent lead provider passenger handler leader user supervisor manager director courier
driver carrier bank seller buyer sender recipient manufacturer technician electrician plumber
engineer police lawyer landlord tenant owner doctor retailer shop reseller administrator admin
guest member viewer host warehouse neighbor employee staff partner insurer accountant executor
guardian parent teacher nurse pharmacist pilot crew
""",
    "region": """
us usa u.s uk u.k eu europe european germany france spain italy poland portugal netherlands
austria belgium ireland switzerland sweden norway denmark finland canada mexico brazil china
japan india australia scotland wales england america american british german french
""",
    "channel": """
phone telephone email e-mail mail letter chat sms text fax app website web portal branch voice
""",
    "payment": """
card paypal voucher cash cheque crypto
""",
    "color": """
white black red green blue yellow amber orange purple gray grey pink brown
""",
    "tier": """
starter standard express economy premium enterprise classic comfort
gold silver bronze platinum
""",
    "place": """
kitchen bathroom bedroom basement attic garage garden hallway roof balcony desk door window wall
floor ceiling top bottom front back side
""",
    "day": """
monday tuesday wednesday thursday friday saturday sunday weekday weekend
""",
    "device": """
router camera doorbell thermostat laptop tablet printer speaker television
""",
}
KIN: dict[str, str] = {word: kind for kind, words in _CLASSES.items() for word in listed(words)}
"""The class of a word, by its singular."""


@functools.lru_cache(maxsize=20_000)
def class_of(form: str) -> str:
    """The class of a lower-case word, empty where it is in none."""
    bare = form.removesuffix("'s")
    return KIN.get(bare) or KIN.get(bare.removesuffix("s"), "")
