"""The steps of a suggestion in words, in their order."""

STEPS = {
    "identify": "What it is about",
    "gather": "What is known of it",
    "prioritize": "How urgent it is",
    "constrain": "Which policies apply",
    "propose": "Possible solutions",
    "evaluate": "What each is worth",
    "decide": "Which one",
    "escalate": "Who else has to see it",
    "communicate": "The reply",
    "implement": "The plan",
    "follow_up": "What is to be looked at later",
}
