import pytest

from assist.understanding.points import heard, points, said


def roles(turn: str) -> list[str]:
    return [s.role for s in said(turn)]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("How do I reset my hub?", "question"),
        ("how to reset the hub", "question"),
        ("Please refund one of them.", "request"),
        ("I'd like a replacement.", "request"),
        ("The camera keeps losing its picture.", "problem"),
        ("I already restarted it twice.", "tried"),
        ("I bought it in May.", "context"),
        ("Thanks a lot for your help", "context"),
        ("Hi Ann", "context"),
        ("hi so my thermostat hasnt worked since Tuesday", "problem"),
        ("Thanks, but it still fails", "problem"),
        ("hello, I want my money back", "request"),
    ],
)
def test_a_sentence_has_the_role_a_reader_would_give_it(sentence: str, role: str) -> None:
    assert roles(sentence) == [role]


def test_what_is_asked_are_the_points_and_the_problem_is_what_they_are_about() -> None:
    raised = points(said("My hub is offline. I restarted it. How do I fix it?"))
    assert [p.text for p in raised] == ["How do I fix it?"]


def test_a_problem_in_a_paragraph_of_its_own_is_a_point() -> None:
    raised = points(said("How do I fix the hub?\n\nThe doorbell is broken too."))
    assert [p.text for p in raised] == ["How do I fix the hub?", "The doorbell is broken too."]


def test_a_turn_that_asks_nothing_still_raises_one_point() -> None:
    assert [p.text for p in points(said("Camera 3 and the big hall."))] == [
        "Camera 3 and the big hall."
    ]


def test_the_entries_of_a_list_are_sayings_of_their_own() -> None:
    assert [s.text for s in said("- the hub is offline\n- the plug is hot")] == [
        "the hub is offline",
        "the plug is hot",
    ]


def test_a_subject_names_the_matter_and_raises_no_point_of_its_own() -> None:
    sayings = heard("Hub offline, E-217", "How do I fix it?")
    assert sayings[0].role == "context"
    assert [p.text for p in points(sayings)] == ["How do I fix it?"]


def test_a_subject_over_a_turn_that_says_nothing_is_what_is_asked() -> None:
    assert [p.text for p in points(heard("Hub is offline", "See above, thanks"))] == [
        "Hub is offline"
    ]
