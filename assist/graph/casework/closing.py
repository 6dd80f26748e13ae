"""A solved case -> the message that closes it: what solved it, thanks, and how to come back.

It states nothing that was not sent to the customer before: the day of our message, and promises in
their own words that somebody has marked as kept.
"""

from collections.abc import Sequence

from assist.domain.case import Case
from assist.domain.draft import Draft
from assist.domain.language import name_of
from assist.domain.ledger import Entry
from assist.domain.policy import PolicySet
from assist.drafting.channels import form_of
from assist.drafting.dates import day_in_words
from assist.drafting.layout import Block, lay_out
from assist.drafting.opening import courtesy, greeting
from assist.drafting.setting import Setting, Voice
from assist.drafting.tone import wording
from assist.graph.casework.wording import closing_languages, closing_words
from assist.graph.languages import reply_language
from assist.graph.time import time_zone_of


def closing_message(case: Case, rules: PolicySet, ledger: Sequence[Entry] = ()) -> Draft | None:
    """The closing message, in the reply's language and the company's tone, for the case's channel.

    `ledger` are the case's entries as they were settled. None where `no_closing` says why.
    """
    if case.work is None or no_closing(case):
        return None
    language, zone = reply_language(case), time_zone_of(case, rules)
    words = {**wording(rules.tone, language), **closing_words(rules.tone, language)}
    setting = Setting(
        tone=rules.tone, language=language, channel=case.ticket.channel, time_zone=zone
    )
    voice = Voice(setting, form_of(case.ticket.channel), words)
    day = day_in_words(case.work.sent[-1].at, zone, words)
    blocks = [
        greeting(case, voice),
        _thanks(case, rules, voice, day),
        _kept(ledger, voice),
        Block(sentences=(courtesy(words["reopen"]),)),
        Block(sentences=(courtesy(words["feedback"]), courtesy(words["suggest"])), need="polite"),
    ]
    if voice.form.letter:
        blocks.append(Block(sentences=(courtesy(words["regards"]),)))
    return lay_out(blocks, voice.form)


def no_closing(case: Case) -> str:
    """Why this case gets no closing message of ours, in words; empty where it gets one.

    A message in another language than the customer's would be no thanks: somebody who reads theirs
    has answered them, and closes it too.
    """
    if case.work is None or case.work.status != "solved" or not case.work.sent:
        return "only a case that was answered and is solved is closed with a message"
    code = case.language.code if case.language else "en"
    if code != reply_language(case) or code not in closing_languages():
        return f"there is no wording in {name_of(code)} for a closing message: write it yourself"
    return ""


def _thanks(case: Case, rules: PolicySet, voice: Voice, day: str) -> Block:
    """Thanks, by the topic where the reply named it, and what solved it."""
    words = voice.words
    category = case.main_issue.category if case.issues else None
    title = next((c.title for c in rules.categories if c.id == category), "")
    told = title and case.draft and title.casefold() in case.draft.text.casefold()
    topic = title.lower() if title == title.capitalize() else title
    named = told and not voice.form.public
    thanks = words["thanks_topic"].format(topic=topic) if named else words["thanks"]
    if not voice.form.letter:  # some languages begin small after the greeting's comma
        thanks = thanks[:1].upper() + thanks[1:]
    return Block(sentences=(courtesy(thanks), courtesy(words["solved"].format(day=day))))


def _kept(ledger: Sequence[Entry], voice: Voice) -> Block:
    """The promises that were kept, as they were sent; in public nothing of the case is told."""
    kept = [e.text for e in ledger if e.kind == "promise" and e.state == "kept"]
    shown = () if voice.form.public else tuple(dict.fromkeys(kept))
    return Block(
        sentences=tuple(courtesy(f"“{text}”") for text in shown),
        style="bulleted",
        need="open",
        lead=courtesy(voice.words["kept"]),
    )
