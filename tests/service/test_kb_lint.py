"""What is wrong with a knowledge base shows without any ticket, with the quotes that prove it."""

from datetime import date
from pathlib import Path

import pytest

from assist.domain.gaps import LintFinding
from assist.errors import BadInput, BadKnowledgeBase
from assist.service.kb_bench import put_up
from assist.service.kb_lint import lint
from assist.settings import read_settings
from assist.wiring import bench, kb_source

ON = date(2026, 11, 20)
FACTS = """\
facts:
  - path: device.product
    type: choice
    choices: [Kettle 2, Toaster 1]
    label: device
    question: Which device is it?
"""
RESET = """\
1. Unplug the Kettle 2 and let it cool down for some minutes.
2. Hold the small button at its base until the light turns blue.
3. Fill in fresh water up to the line and plug the kettle in again.
4. Wait for two short tones, which say that the kettle is ready.

The reset keeps your favorite temperatures and deletes the list of timers.
Do not open the base, because the warranty does not cover it.
"""
RESET_AGAIN = """\
1. Unplug the Kettle 2 and allow it to cool for a few minutes.
2. Keep pressing the small button at its base until the light is blue.
3. Put in fresh water up to the line and plug the kettle in once more.
4. Wait for two short tones, which mean that the kettle is ready.

The reset keeps your favorite temperatures and deletes the list of timers.
Please do not open the base, since the warranty does not cover it.
"""
ARTICLES = {
    "returns": """\
---
id: returns
title: Send a device back
review_due: 2027-06-30
---
A device can be sent back within 30 days of its delivery.
We refund a device that was sent back within 5 business days after it reaches our warehouse.
""",
    "money": """\
---
id: money
title: When your money comes back
review_due: 2026-05-31
---
After it reaches our warehouse, we refund a device that was sent back within 9 business days.
A bank transfer takes two more days, which we cannot speed up.
""",
    "reset": f"---\nid: reset\ntitle: Reset the Kettle 2\nproducts: [Kettle 2]\n---\n{RESET}",
    "reset-quick": f"---\nid: reset-quick\ntitle: The Kettle 2 does not react\n---\n{RESET_AGAIN}",
    "crumbs": """\
---
id: crumbs
title: Empty the crumb tray of the Toaster 1
---
Pull the crumb tray out of the Toaster 3 and shake it over a bin.
How to order a new tray stands in [spare parts](spare-parts.md).
""",
    "lids": """\
---
id: lids
title: Good to know
---
The lid of the kettle locks while the water boils.
A lid that does not lock has limescale on its hinge, which vinegar takes off.
""",
    "refusals": """\
---
id: refusals
title: Why we refuse to replace a kettle
---
A kettle with limescale in its base is not replaced under the warranty.
Do not tell the customer how many kettles came back with this fault.
""",
    "shipping-2025": """\
---
id: shipping-2025
title: What shipping costs, 2025 edition
expires: 2026-01-01
---
Standard shipping of an order costs $4.00 for every customer.
""",
    "shipping": """\
---
id: shipping
title: What shipping costs
effective: 2026-01-01
---
Standard shipping of an order costs $6.00 for every customer.
""",
    "checkout": """\
---
id: checkout
title: Pay for an order in our store
---
Standard shipping of an order costs $4.00 for every customer.
Cards and online wallets are charged when the order is placed.
""",
}

LEFT_OVER = (
    "checkout still says what shipping-2025 said until 2026-01-01; shipping says otherwise: "
    "“$4.00” against “$6.00”"
)


def linted(folder: Path, on: date = ON) -> tuple[LintFinding, ...]:
    with bench(read_settings(folder / "home")) as made:
        return lint(put_up(made, kb_source().read(folder, None)), on)


@pytest.fixture(scope="module")
def found(shared_folder: Path) -> tuple[LintFinding, ...]:
    articles = shared_folder / "articles"
    articles.mkdir()
    (shared_folder / "facts.yaml").write_text(FACTS, "utf-8")
    for name, text in ARTICLES.items():
        (articles / f"{name}.md").write_text(text, "utf-8")
    return linted(shared_folder)


def of(found: tuple[LintFinding, ...], kind: str) -> dict[tuple[str, ...], str]:
    return {one.documents: one.message for one in found if one.kind == kind}


def test_two_articles_that_give_other_figures_contradict_each_other(
    found: tuple[LintFinding, ...],
) -> None:
    told = of(found, "contradictory")

    assert set(told) == {("money", "returns")}
    assert "5 business days" in told["money", "returns"]
    assert "9 business days" in told["money", "returns"]


def test_a_contradiction_quotes_both_passages_where_they_stand(
    found: tuple[LintFinding, ...],
) -> None:
    (one,) = (one for one in found if one.kind == "contradictory")

    assert [span.source.partition("#")[0] for span in one.evidence] == [
        "passage:money",
        "passage:returns",
    ]
    assert all("business days" in span.text for span in one.evidence)


def test_the_same_steps_in_other_words_are_a_duplicate(found: tuple[LintFinding, ...]) -> None:
    told = of(found, "duplicate")

    assert set(told) == {("reset", "reset-quick")}
    assert "say the same" in told["reset", "reset-quick"]


def test_stale_names_what_time_has_passed_by(found: tuple[LintFinding, ...]) -> None:
    messages = [one.message for one in found if one.kind == "stale"]

    assert sorted(messages) == [
        LEFT_OVER,
        "crumbs: it links to spare-parts.md, which is not there",
        "crumbs: it speaks of the Toaster 3, and what is sold is the Toaster 1",
        "money: its review was due on 2026-05-31",
    ]


def test_a_title_that_says_nothing_of_its_text_makes_it_unfindable(
    found: tuple[LintFinding, ...],
) -> None:
    assert set(of(found, "unfindable")) == {("lids",)}


def test_what_speaks_to_agents_is_not_for_customers(found: tuple[LintFinding, ...]) -> None:
    assert set(of(found, "wrong_audience")) == {("refusals",)}


def test_a_review_that_is_due_later_is_not_overdue(tmp_path: Path) -> None:
    article = tmp_path / "articles" / "money.md"
    article.parent.mkdir()
    article.write_text(ARTICLES["money"], "utf-8")

    assert not of(linted(tmp_path, date(2026, 5, 31)), "stale")
    assert of(linted(tmp_path, date(2026, 6, 1)), "stale")


def test_a_variant_for_another_region_is_neither_duplicate_nor_contradiction(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for region, days in (("US", 5), ("UK", 9)):
        text = f"---\ntitle: Reset the Kettle 2\nregions: [{region}]\n---\n{RESET}\n"
        text += f"We refund a device that was sent back within {days} business days.\n"
        (folder / f"refunds-{region}.md").write_text(text, "utf-8")

    assert linted(tmp_path) == ()


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledgeBase):
        linted(tmp_path)


def test_a_kind_that_needs_tickets_is_refused(tmp_path: Path) -> None:
    article = tmp_path / "articles" / "returns.md"
    article.parent.mkdir()
    article.write_text(ARTICLES["returns"], "utf-8")

    with bench(read_settings(tmp_path / "home")) as made:
        base = put_up(made, kb_source().read(tmp_path, None))
        with pytest.raises(BadInput, match="does not show without tickets"):
            lint(base, ON, ["missing_article"])


def test_an_article_that_others_outrank_for_its_own_title_is_unfindable(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for metal in ("steel", "copper", "iron", "brass", "tin"):
        text = f"---\nid: {metal}\ntitle: Clean the kettle\nproducts: [{metal}]\n---\n"
        text += f"Clean the kettle, and clean the kettle again. It is made of {metal}.\n"
        (folder / f"{metal}.md").write_text(text, "utf-8")
    (folder / "winter.md").write_text(
        "---\nid: winter\ntitle: Clean the kettle\nproducts: [glass]\n---\n"
        "Before winter, clean it, dry it, wrap it in a towel and keep it on a dry shelf.\n"
        "Kettles that stand in the cold crack when boiling water is poured in too fast.\n",
        "utf-8",
    )

    (lost,) = [one for one in linted(tmp_path) if one.kind == "unfindable"]

    assert lost.documents == ("winter",)
    assert "is not among the first 5" in lost.message


def test_a_customers_article_that_links_to_an_internal_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lids.md").write_text(
        "---\nid: lids\ntitle: Lids of kettles\n---\nLids are explained in [[lid-runbook]].\n",
        "utf-8",
    )
    (folder / "lid-runbook.md").write_text(
        "---\nid: lid-runbook\ntitle: Runbook for lids\naudience: internal\n---\n"
        "Lids of kettles come from two makers.\n",
        "utf-8",
    )

    told = of(linted(tmp_path), "wrong_audience")

    assert told == {
        ("lids",): "lids is read by customers and links to lid-runbook, which is internal"
    }


def test_a_link_to_an_edition_that_has_ended_is_stale_and_one_outside_is_not(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "shipping-2025.md").write_text(ARTICLES["shipping-2025"], "utf-8")
    (folder / "pay.md").write_text(
        "---\nid: pay\ntitle: Pay for an order\n---\n"
        "How to pay for an order stands [here](https://example.com/pay).\n"
        "What an order costs stood in [our prices](shipping-2025.md#costs).\n",
        "utf-8",
    )

    told = of(linted(tmp_path), "stale")

    assert told == {("pay",): "pay: it links to shipping-2025, which ended on 2026-01-01"}


def test_a_sentence_that_each_document_has_with_a_value_of_its_own_is_no_contradiction(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, fee in (("North", 10), ("South", 20), ("East", 30), ("West", 40)):
        text = f"---\ntitle: The {name} tariff\n---\n"
        text += f"The yearly fee for every customer of this tariff is ${fee}.00.\n"
        text += f"The {name} tariff began in the {name.lower()} of the country.\n"
        (folder / f"{name.lower()}.md").write_text(text, "utf-8")

    assert not of(linted(tmp_path), "contradictory")
