"""Articles hidden from the sample company: a tenth of the campaign."""

import pytest

from assist.service.covering import Covering
from assist.service.desk import Desk
from evals.gaps.running import Asked, draws
from evals.gaps.tickets import curated, generated

pytestmark = pytest.mark.model


def test_gaps_are_the_articles_that_were_hidden(fennwick: Desk) -> None:
    covering = Covering(fennwick)
    (draw,) = draws(covering, Asked.of_company(covering), seeds=[0], hide=15)
    assert draw.found >= 0.7
    assert draw.spurious <= 0.25
    assert draw.ari >= 0.6
    assert draw.v >= 0.75
    assert draw.restored >= 0.6
    assert draw.unquoted < draw.restored
    assert draw.worse <= 0.01


def test_every_generated_ticket_needs_its_article_and_was_answered(fennwick: Desk) -> None:
    library = fennwick.opened().library
    stored = fennwick.parts.knowledge.documents(library.generation.id)
    article = next(one for one in stored if one.id == "hub-setup")
    made = list(generated(article))
    assert len({need.ticket.id for need in made}) == len(made) > 4
    assert all(need.articles == {"hub-setup"} for need in made)
    assert all(need.ticket.messages[-1].author == "agent" for need in made)


def test_curated_tickets_name_articles_that_are_there() -> None:
    known = frozenset({"hub-setup", "refund-times"})
    assert all(need.articles <= known for need in curated(known))
    assert any(need.articles == {"hub-setup"} for need in curated(known))
