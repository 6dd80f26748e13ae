"""Products are found as customers name them, and not where the word means something else."""

import pytest

from assist.domain.facts import FactDeclaration
from assist.understanding.products import (
    about_any,
    product_choices,
    product_names,
    products_named,
)

PRODUCTS = ("Hub 2", "Leak Sensor 1", "Plug 2", "Doorbell")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("My Plug 2 gets hot.", ("Plug 2",)),
        ("both plugs are warm", ("Plug 2",)),
        ("the new hub is offline", ("Hub 2",)),
        ("Leak sensors beep all night.", ("Leak Sensor 1",)),
        ("leak\nsensor 1 again", ("Leak Sensor 1",)),
        ("The doorbell rings, the hub does not.", ("Hub 2", "Doorbell")),
        ("I plug it in and nothing happens.", ()),
        ("I unplugged everything.", ()),
        ("Is the hubcap yours?", ()),
        ("the Hub 23", ()),
        ("", ()),
    ],
)
def test_a_product_is_named_by_its_name_or_as_somebodys_own(
    text: str, named: tuple[str, ...]
) -> None:
    assert products_named(text, PRODUCTS) == named


def test_products_are_what_the_facts_declare() -> None:
    facts = (
        FactDeclaration(path="device.product", type="choice", choices=("Hub 2", "Plug 2")),
        FactDeclaration(path="device.light", type="choice", choices=("red",)),
    )

    assert product_choices(facts) == ("Hub 2", "Plug 2")
    assert product_names(("Hub 2", "Plug")) == ("Hub 2", "Hub", "Plug")


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("How do I return my Hub 2?", "How do I return my device?"),
        ("How do I return my hub?", "How do I return my device?"),
        ("May I keep both leak sensors?", "May I keep both devices?"),
        ("I plug it in.", "I plug it in."),
    ],
)
def test_a_question_can_be_asked_about_any_device(text: str, general: str) -> None:
    assert about_any(text, PRODUCTS) == general
