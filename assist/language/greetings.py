"""The greeting a message opens with, in the languages customers greet in -> the message without it.

Whoever writes in English opens with "Guten Tag" or "Bonjour" all the same. Each pattern is linear.
"""

import re

_ENGLISH = r"hi|hello|hey|dear|good\s(?:morning|afternoon|evening|day)|greetings"
_OTHERS = (
    r"guten\s(?:tag|morgen|abend)|hallo|moin|servus|gr(?:ü|ue)(?:ß|ss)\sgott|bonjour|bonsoir|"
    r"hola|buen(?:os\sd[ií]as|as\s(?:tardes|noches))|buon(?:giorno|asera)|ciao|"
    r"goede(?:morgen|middag|navond|ndag)|ol[áa]|bom\sdia|boa\s(?:tarde|noite)|"
    r"dzie[ńn]\sdobry|dobry\swiecz[óo]r|cze[śs][ćc]|"
    r"god\s(?:dag|morgon|kväll)|hej|hejsan|goddag|dobr[ýy]\sden|ahoj"
)
_ADDRESSED = (
    r"sehr\sgeehrte[rs]?|liebe[rs]?|salut|ch(?:er|ère)s?|buenas|estimad[oa]s?|salve|gentil[ei]|"
    r"geachte|beste|prezad[oa]s?|witam|szanown[ia]\spa[ńn]stwo"
)
"""Words that greet only where a mark closes them: elsewhere they are words like any other."""
_TO = (
    r"there|all|team|everyone|everybody|sir|madam|madame|monsieur|support|folks|or|and|"
    r"to\swhom\sit\smay\sconcern|damen|herren|und|zusammen|frau|herr|se[ñn]or(?:es|a)?|a\stodos|"
    r"et|y|e|signor[ai]?|tutti|tous|allemaal|mevrouw|meneer|heer|todos"
)
_WORDS_TO = rf"(?:\s+(?:{_TO}|(?-i:[A-ZÀ-Þ])[\w'’.-]{{0,40}})){{0,5}}"
_ENDED = re.compile(
    rf"^\s*(?:{_ENGLISH}|{_OTHERS}|{_ADDRESSED})\b{_WORDS_TO}[ \t]*(?:[,!.:–-]+\s*|\n\s*|$)",
    re.IGNORECASE,
)
"""With whom it greets, where a mark or the end of the line closes it."""
_RUNNING = re.compile(
    rf"^\s*(?:{_ENGLISH}|{_OTHERS})\b"
    r"(?:\s+(?:there|all|team|everyone|everybody|folks|zusammen)\b)?\s+(?=\w)",
    re.IGNORECASE,
)
"""Where the sentence runs on ("Hi my hub is offline") only the greeting itself goes: the words
after it are what is said."""


def without_greeting(text: str) -> str:
    """The text after the greeting it opens with; the text itself where it opens with none."""
    match = _ENDED.match(text) or _RUNNING.match(text)
    return text[match.end() :] if match else text
