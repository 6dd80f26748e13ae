"""Perturbations change the words of a ticket and never what it says."""

import pytest

from evals.cases import EvalCase, load_cases
from evals.robustness.perturbations import PERTURBATIONS
from evals.robustness.protected import pieces
from evals.robustness.telling import names_in, written
from evals.suites import ROOT
from tests.evals.robustness.setting import a_case, rules, skips, text_of, variants

CURATED = [
    case for folder in ("core", "traps") for case in load_cases(ROOT / "evals" / "cases" / folder)
]
OF_TICKETS = [name for name, one in PERTURBATIONS.items() if one.family in ("wording", "form")]


def kept(case: EvalCase) -> set[str]:
    """What no rewording may touch, whatever its capitals."""
    names = names_in(case, rules())
    texts = (case.ticket.subject or "", *(message.text for message in case.ticket.asked))
    return {p.text.casefold() for text in texts for p in pieces(text, names) if not p.free}


@pytest.mark.parametrize("name", OF_TICKETS)
def test_codes_numbers_addresses_and_names_of_every_curated_case_stay(name: str) -> None:
    for case in CURATED:
        for variant, told in variants(name, case).items():
            missing = [part for part in kept(case) if part not in written(told).casefold()]
            assert not missing, (case.id, variant)


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_a_ticket_stays_the_same_ticket_of_the_same_customer(name: str) -> None:
    for case in CURATED[:20]:
        for told in variants(name, case).values():
            ours, theirs = told.ticket, case.ticket
            assert (ours.id, ours.created_at, ours.facts) == (
                theirs.id, theirs.created_at, theirs.facts,
            )  # fmt: skip
            assert (ours.customer.id, ours.customer.email) == (
                theirs.customer.id, theirs.customer.email,
            )  # fmt: skip


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_same_seed_tells_a_ticket_the_same_way(name: str) -> None:
    case = CURATED[0]
    once = {variant: told.ticket for variant, told in variants(name, case).items()}
    assert once == {variant: told.ticket for variant, told in variants(name, case).items()}


def test_a_paraphrase_says_the_same_in_other_words() -> None:
    case = a_case("I don't want it. Can I return it and get my money back? The amber light blinks.")
    told = {name: text_of(one) for name, one in variants("paraphrase", case).items()}
    assert told["synonyms"] == (
        "I don't want it. Can I send it back and get a refund? The amber lamp flashes."
    )
    assert told["expanded"].startswith("I do not want it.")


def test_a_synonym_stands_only_where_the_sentence_stays_one() -> None:
    case = a_case(
        "He would like it. We dont want it, I want another. It has arrived, it arrived late."
    )
    told = text_of(variants("paraphrase", case)["synonyms"])
    assert told == (
        "He would like it. We dont want it, I would like another. It has arrived, it came late."
    )


def test_synonyms_are_not_used_on_what_others_wrote() -> None:
    case = a_case("They told me:\n> the parcel arrived\nbut no parcel came")
    told = text_of(variants("paraphrase", case)["synonyms"])
    assert told == "They told me:\n> the parcel arrived\nbut no package came"


def test_rules_about_english_are_not_used_on_another_language() -> None:
    case = a_case("Mein Hub blinkt. Hallo?")
    for name in ("paraphrase", "spelling", "dialect", "politeness"):
        assert set(skips(name, case, language="de").values()) == {"not in English"}


def test_a_slip_of_the_fingers_never_makes_another_word() -> None:
    case = a_case("please " * 40)
    assert "many" in variants("typos", case)
    assert skips("typos", case, known=lambda _: True)["many"] == "nothing in it to change"


def test_letters_change_and_codes_do_not() -> None:
    told = variants("case", a_case("My Hub shows e-217 since Monday, order FW-20418"))
    assert text_of(told["UPPER"]) == "MY HUB SHOWS e-217 SINCE MONDAY, ORDER FW-20418"
    assert text_of(told["lower"]) == "my hub shows e-217 since monday, order FW-20418"


def test_marks_are_lost_and_amounts_are_not() -> None:
    told = variants("punctuation", a_case("It's dead, I paid $7.00. Why?"))
    assert text_of(told["no marks"]) == "It's dead I paid $7.00. Why"
    assert text_of(told["no apostrophes"]) == "Its dead, I paid $7.00. Why?"


def test_a_burst_is_turned_round_where_no_message_points_back() -> None:
    told = variants("messages", a_case("The hub is offline.", "My order is FW-20418."))
    assert [m.text for m in told["reversed"].ticket.messages] == [
        "My order is FW-20418.",
        "The hub is offline.",
    ]
    assert len(told["joined"].ticket.messages) == 1


def test_a_burst_that_corrects_itself_is_not_turned_round() -> None:
    case = a_case("I want a refund.", "Sorry, I meant a replacement.")
    assert skips("messages", case)["reversed"] == "a message points back to the one before"


def test_what_the_company_has_a_rule_about_is_not_irrelevant() -> None:
    heard = rules().sla.signals[0].model_copy(update={"phrases": ("raining", "sunshine")})
    strict = rules().model_copy(
        update={"sla": rules().sla.model_copy(update={"signals": (heard,)})}
    )
    left_out = skips("irrelevant", a_case("The hub is offline."), rules=strict)
    assert left_out == {"weather": "the company has a rule about it"}


def test_a_name_is_exchanged_wherever_it_stands_and_the_address_stays() -> None:
    case = a_case("Ana Lima here, write to ana.lima@example.com.\nAna", name="Ana Lima")
    told = variants("name", case)
    assert len(told) > 10
    text, name = text_of(told["Polish"]), told["Polish"].ticket.customer.name
    assert name is not None
    assert text.startswith(f"{name} here, write to ana.lima@example.com.")
    assert "Ana" not in text


def test_a_name_that_is_a_word_of_the_ticket_is_left_alone() -> None:
    case = a_case("What is the price?", name="Owen Price")
    assert set(skips("name", case).values()) == {"the name is a word of the ticket"}


def test_the_other_gender_is_told_of_everybody() -> None:
    case = a_case("My husband says his phone shows it to him, and he asked her for her code.")
    told = text_of(variants("gender", case)["swapped"])
    assert told == "My wife says her phone shows it to her, and she asked him for his code."


def test_what_is_true_of_one_gender_alone_is_not_swapped() -> None:
    case = a_case("My wife is pregnant and the heating is off.")
    assert skips("gender", case)["swapped"] == "“pregnant” is true of one gender"


def test_dialects_keep_a_denial_a_denial() -> None:
    case = a_case("It is not working and I don't have any code. I cannot find anything outside.")
    told = {name: text_of(one) for name, one in variants("dialect", case).items()}
    assert told["African American English"].startswith("It ain't working and I don't have no code.")
    assert "It isnae working and I dinnae have any code. I cannae" in told["Scottish English"]
