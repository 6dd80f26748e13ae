"""Lines of mail in other languages than English: where a quoted mail begins, where one closes.

Mail programs write them in their user's language, whatever language the mail is in. Each pattern
reads one line and is linear in it.
"""

import re

_WROTE = re.compile(
    r"^\s*(?:(?:am|le|el|il|op|em|den|dne|w dniu|dnia)\b.{4,200}"
    r"(?:schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napsala?|napisała?|pisze)"
    r".{0,120}:|.{3,200}\b(?:napisał\(a\)|pisze):)\s*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^\s*-{2,}\s*(?:ursprüngliche nachricht|weitergeleitete nachricht|message (?:d['’]origine|"
    r"original|transféré)|mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato)|"
    r"oorspronkelijk bericht|doorgestuurd bericht|mensagem (?:original|encaminhada)|"
    r"wiadomość oryginalna|ursprungligt meddelande|vidarebefordrat meddelande|"
    r"oprindelig meddelelse|původní zpráva)\b.{0,40}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:mit )?(?:freundliche[nm]?|viele[n]?|beste[n]?|liebe[n]?|herzliche[n]?|schöne[n]?)"
    r" (?:grüße[n]?|grüsse[n]?|gruß)|mfg|vg|hochachtungsvoll|"
    r"(?:bien )?cordialement|bien à vous|salutations(?: distinguées)?|sincères salutations|"
    r"(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|(?:cordiali|distinti) saluti|saluti|"
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|mvg|"
    r"atenciosamente|(?:com os melhores )?cumprimentos|(?:serdecznie )?pozdrawiam|z poważaniem|"
    r"(?:med )?(?:vänlig[a]?|bästa) hälsning(?:ar)?|(?:med )?venlig hilsen|"
    r"s pozdravem|saygılarımla|с уважением|з повагою)[\s,.!]*$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"^(?:von meinem .{2,30} gesendet|gesendet (?:von|mit) .{2,40}|envoyé (?:de|depuis) .{2,40}|"
    r"enviado (?:desde|do|de) .{2,40}|inviato da .{2,40}|verzonden (?:vanaf|met) .{2,40}|"
    r"wysłan[eo] z .{2,40}|skickat från .{2,40}|sendt fra .{2,40})$",
    re.IGNORECASE,
)


def opens_quote(line: str) -> bool:
    """Whether what follows was written by somebody else."""
    return _WROTE.match(line) is not None or _ORIGINAL.match(line) is not None


def closes(line: str) -> bool:
    """Whether only names follow."""
    return _CLOSING.match(line) is not None


def is_signature(line: str) -> bool:
    """Whether a mail program wrote it under the mail."""
    return _SENT_FROM.match(line.strip()) is not None


_NOTICE = re.compile(
    r"\bconfidential(?:ity)?\b|\bprivileged\b|\b(?:intended|destined) (?:only |solely )?for\b|"
    r"\baddressees?\b|\bintended recipients?\b|\b(?:received|reached you|sent) .{0,30}\bin error\b|"
    r"\bby mistake\b|\bunauthori[sz]ed\b|\bdisclos(?:e|ure)\b|\bdisseminat|"
    r"\bdelete (?:it|this|the) |\bnotify the sender\b|\bconsider the environment\b|"
    r"\bvirus(?:es)?\b|"
    r"\bvertraulich|\bAdressat|\birrtümlich|\bconfidentiel|\bdestinataire|\bconfidencial|"
    r"\bdestinatari[oa]\b|\briservat[oaei]\b",
    re.IGNORECASE,
)
NOTICE_MARKS = 3
"""Different marks that a paragraph holds before it is a notice that a mail program appends: who
writes that something confidential was sent to them by mistake uses two."""


def is_notice(paragraph: str) -> bool:
    """Whether it is what mail programs append: confidential, for the addressee alone, delete it."""
    found = {match.group().casefold() for match in _NOTICE.finditer(paragraph)}
    return len(found) >= NOTICE_MARKS and "?" not in paragraph
