"""Issues -> evidence: the customer's record, and passages from separate pools for each issue."""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.knowledge import Hit, Kind
from assist.domain.suggestion import TicketSignal
from assist.drafting.selection import is_for_replies
from assist.graph.history import colleagues_facts, history_of
from assist.graph.scope import region_notes, scope_filters
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.language.phrases import find
from assist.retrieval.coverage import COVERAGE
from assist.understanding.facts import order_named, record_facts, recorded_signals
from assist.understanding.injection import suspicions
from assist.understanding.kb_causes import causes_from_passages
from assist.understanding.products import about_any, product_choices
from assist.understanding.turns import whole_conversation

POOLS: tuple[tuple[Kind, int], ...] = (("kb", 8), ("policy", 4), ("precedent", 2))
"""How many passages per pool reach the agent: what fits on a screen beside a ticket."""
PER_DOCUMENT = 3
"""Passages of one document at most, so that a long article does not crowd out the others."""
TELLING_WORDS = 5
"""A shorter point ("Can you help?") is near to everything."""
MAX_POINT_QUERIES = 3
REMEMBERED = 4_000
"""Passages of which it is remembered whether they give orders."""
_POINTS_BACK = re.compile(r"\b(?:it|this|that|them|they|one|there)\b", re.IGNORECASE)
SOUGHT = 4
"""Times as many are sought as are kept, so that a pool is full after that."""


class Found(NamedTuple):
    """What was found for one issue."""

    hits: tuple[Hit, ...]
    coverage: float


async def gather(case: Case, tools: Tools) -> Update:
    """Facts on record, then the KB, policy and precedent pools, each ranked apart."""
    history = await history_of(case, tools)
    record = history.record
    known = case.model_copy(update={"record": record, "consultations": history.consultations})
    products = product_choices(tools.policy_set.facts)
    house = tools.abilities.house
    filters = {kind: scope_filters(known, kind, house, products) for kind, _ in POOLS}
    found = await asyncio.gather(*(_evidence(issue, tools, filters) for issue in case.issues))
    hits = {issue.id: one.hits for issue, one in zip(case.issues, found, strict=True)}
    coverage = {issue.id: one.coverage for issue, one in zip(case.issues, found, strict=True)}
    issues = tuple(_with_facts(issue, known, hits[issue.id], tools) for issue in case.issues)
    said = "; ".join(
        f"{i.id}: {len(hits[i.id])} passages, coverage {coverage[i.id]:.2f}" for i in issues
    )
    return {
        "record": record,
        "granted": history.granted,
        "consultations": history.consultations,
        "issues": issues,
        "hits": hits,
        "signals": (
            *case.signals,
            *recorded_signals(issues[0].facts, tools.policy_set.facts),
            *_planted(h for own in hits.values() for h in own),
        ),
        "coverage": coverage,
        "notes": (*case.notes, *region_notes(known, tools.policy_set), *history.notes),
        "said": f"{'customer on record' if record else 'customer not on record'}; {said}",
    }


def quotable(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Hits a reply may rest on: KB passages a customer may see, of articles, that give no orders.

    Whoever can write into the knowledge base could otherwise have the reply say what they like.
    """
    return tuple(hit for hit in hits if _is_quotable(hit))


def _is_quotable(hit: Hit) -> bool:
    return is_for_replies(hit.passage) and not _orders_in(hit.passage.text)


@lru_cache(maxsize=REMEMBERED)
def _orders_in(text: str) -> tuple[TicketSignal, ...]:
    return suspicions(text)


def _planted(hits: Iterable[Hit]) -> tuple[TicketSignal, ...]:
    """Orders to whoever reads, in what was found: said once for each passage."""
    return tuple(
        signal.model_copy(update={"reason": f"in {passage_id}, not quoted: {signal.reason}"})
        for passage_id, text in {h.passage_id: h.passage.text for h in hits}.items()
        for signal in _orders_in(text)[:1]
    )


def _queries(issue: Issue, tools: Tools) -> list[str]:
    """The customer's words, each point under the company's name for it, and about any device.

    A customer who wants to "send it back" and an article on "returns" share no word; the
    category's title is where the company says that the two are one. In a long story the question
    is one sentence of many; and "When would I see it?" needs the title to mean anything.
    """
    category = next((c for c in tools.policy_set.categories if c.id == issue.category), None)
    points = [point.text for point in issue.points][:MAX_POINT_QUERIES]
    products = product_choices(tools.policy_set.facts)
    if category is None:
        alone = [p for p in points if _stands_alone(p)]
        return list(dict.fromkeys([issue.text, *alone, *(about_any(p, products) for p in alone)]))
    named = [f"{category.title}: {text}" for text in (issue.text, *points)]
    general = [about_any(p, products) for p in points if about_any(p, products) != p]
    return list(dict.fromkeys([issue.text, *named, *general]))


def _stands_alone(point: str) -> bool:
    return len(point.split()) >= TELLING_WORDS and _POINTS_BACK.search(point) is None


async def _evidence(issue: Issue, tools: Tools, filters: Mapping[Kind, dict[str, str]]) -> Found:
    """Hits by pool, and how well the best query's hits cover the issue."""
    queries = _queries(issue, tools)
    # In one thread: with one for each search it took a fifteenth more of the processors, no less
    # time.
    pools = await asyncio.to_thread(
        lambda: [
            tools.search_each(queries, kind, SOUGHT * kept, filters[kind]) for kind, kept in POOLS
        ]
    )
    coverage = max(
        tools.judge_coverage(query, telling(hits)).value
        for query, hits in zip(queries, pools[0], strict=True)
    )
    kept = [_kept(merged(pool), n) for pool, (_, n) in zip(pools, POOLS, strict=True)]
    hits = tuple(hit for pool in kept for hit in pool if _fits_signal(hit, issue, tools))
    if not quotable(hits):
        coverage = 0.0
    return Found(hits=hits, coverage=coverage)


def telling(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Of the quotable hits of a query, those that coverage looks at: the nearest and the first.

    To look for orders in all the others would take longer than to search for them.
    """
    by_rank = sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
    by_nearness = sorted(by_rank, key=lambda hit: -(hit.why.dense or 0.0))
    first = islice(filter(_is_quotable, by_rank), COVERAGE.read)
    nearest = islice(filter(_is_quotable, by_nearness), 1)
    return tuple({hit.passage_id: hit for hit in (*first, *nearest)}.values())


def _kept(hits: tuple[Hit, ...], most: int) -> tuple[Hit, ...]:
    """The best of a pool; a macro takes no article's place, and the best one comes after them."""
    macros = [hit for hit in hits if hit.passage.macro]
    return (*various(tuple(h for h in hits if not h.passage.macro))[:most], *macros[:1])


def _fits_signal(hit: Hit, issue: Issue, tools: Tools) -> bool:
    """In a case that a signal has filed (a burning smell is safety) only what is filed there.

    An article on restarting the router answers no ticket about a router that burns. Where the
    ticket names another matter too, as a recall, what is filed under that may stay.
    """
    signals = [s for s in tools.policy_set.sla.signals if s.category == issue.category]
    heard = any(find(s.phrases, issue.text, s.not_phrases) for s in signals)
    if hit.kind != "kb" or not heard:
        return True
    filed = tools.category_of(hit.document_id)
    terms = next((c.terms for c in tools.policy_set.categories if c.id == filed), ())
    return filed == issue.category or bool(find(terms, issue.text))


def merged(rankings: Sequence[tuple[Hit, ...]]) -> tuple[Hit, ...]:
    """One ranking of several: each passage at its best, ties by id."""
    best: dict[str, Hit] = {}
    for hit in (hit for ranking in rankings for hit in ranking):
        if hit.passage_id not in best or hit.score > best[hit.passage_id].score:
            best[hit.passage_id] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.passage_id)))


def various(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits in their order, at most `PER_DOCUMENT` of each document."""
    seen: dict[str, int] = {}
    kept = []
    for hit in hits:
        seen[hit.document_id] = seen.get(hit.document_id, 0) + 1
        if seen[hit.document_id] <= PER_DOCUMENT:
            kept.append(hit)
    return tuple(kept)


def _with_facts(issue: Issue, case: Case, hits: tuple[Hit, ...], tools: Tools) -> Issue:
    """The issue with what colleagues and records say, what is missing, and causes the KB knows."""
    conversation = whole_conversation(case.ticket)
    told = {fact.path for fact in issue.facts}
    asked = [f for f in colleagues_facts(case.consultations) if f.path not in told]
    told |= {fact.path for fact in asked}
    on_record = [f for f in record_facts(case.record, conversation) if f.path not in told]
    facts = (*issue.facts, *asked, *on_record)
    known = {fact.path for fact in facts}
    wanted = next((c.facts for c in tools.policy_set.categories if c.id == issue.category), ())
    missing = [path for path in wanted if path not in known]
    if case.record and len(case.record.orders) > 1 and not order_named(case.record, conversation):
        missing += [p for p in ("order.id",) if p in wanted and p not in missing]
    causes = issue.causes or causes_from_passages(issue.text, hits)
    return issue.model_copy(update={"facts": facts, "missing": tuple(missing), "causes": causes})
