import json
from pathlib import Path

import pytest

from assist.cli.tickets import parse_tickets, read_tickets
from assist.domain.ticket import MAX_TICKET_CHARACTERS, Ticket
from assist.errors import AssistError, BadTicket


def only(text: str) -> Ticket | AssistError:
    ((_, read),) = parse_tickets(text, "t.json")
    return read


def problem(text: str) -> str:
    read = only(text)
    assert isinstance(read, BadTicket)
    return str(read)


def test_a_bare_text_is_a_one_message_ticket() -> None:
    read = only('{"id": 7, "text": "Help"}')
    assert isinstance(read, Ticket)
    assert (read.id, read.messages[0].text) == ("7", "Help")


def test_a_ticket_without_an_id_gets_one_from_its_content() -> None:
    first, second = only('{"text": "Help"}'), only('{"text": "Help"}')
    assert isinstance(first, Ticket)
    assert first == second
    assert first.id.startswith("ticket-")


def test_json_lines_and_a_list_are_many_tickets() -> None:
    lines = '{"text": "a"}\n\n{"text": "b"}\n'
    assert [where for where, _ in parse_tickets(lines, "t")] == ["t:1", "t:3"]
    listed = '[{"text": "a"}, {"text": "b"}]'
    assert [where for where, _ in parse_tickets(listed, "t")] == ["t[1]", "t[2]"]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\x1c"])
def test_only_a_line_feed_ends_a_line_of_json_lines(mark: str) -> None:
    rows = [{"id": "1", "text": f"one{mark}two"}, {"id": "2", "text": "three"}]
    text = "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    read = [ticket for _, ticket in parse_tickets(text, "t") if isinstance(ticket, Ticket)]
    assert [(t.id, t.messages[0].text) for t in read] == [("1", f"one{mark}two"), ("2", "three")]


def test_one_bad_line_is_named_and_the_others_are_read() -> None:
    read = list(parse_tickets('{"text": "a"}\n{oops}\n{"text": "b"}', "t"))
    assert [type(r) for _, r in read] == [Ticket, BadTicket, Ticket]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"text": ""}', "empty"),
        ('{"text": "  \\n "}', "empty"),
        ('{"messages": []}', "empty"),
        ('{"text": "a", "colour": "red"}', "colour: unknown field"),
        ('{"text": "a", "customer": {"shoe": 1}}', "customer.shoe: unknown field"),
        ('{"text": "a", "revision": "many"}', "revision"),
        ('{"text": "b", "messages": [{"text": "a"}]}', "text: unknown field"),
        ('{"messages": [{"author": "robot", "text": "a"}]}', "messages.0.author"),
        ('"just a string"', "JSON object"),
        ('{\n  "text": "a"\n', "line"),
        (json.dumps({"text": "a" * (MAX_TICKET_CHARACTERS + 1)}), str(MAX_TICKET_CHARACTERS)),
        ("[" * 100_000, "deeply"),
        ('{"text": "a", "metadata": {"deep": ' + "[" * 900 + "]" * 900 + "}}", "deeper than 50"),
        ('{"text": "a", "metadata": {"long": ' + "9" * 5_000 + "}}", "a number is too long"),
        ('{"text": "a", "metadata": {"long": \n' + "9" * 5_000 + "}}", "a number is too long"),
    ],
    ids=range(15),
)
def test_what_is_wrong_is_named_with_its_field(text: str, words: str) -> None:
    assert words in problem(text)


def test_characters_no_text_can_hold_are_dropped() -> None:
    read = only('{"text": "a\\u0000b\\ud800c"}')
    assert isinstance(read, Ticket)
    assert read.messages[0].text == "abc"


def test_a_file_that_is_no_text_is_an_error_that_says_so(tmp_path: Path) -> None:
    file = tmp_path / "ticket.json"
    file.write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(BadTicket, match="not UTF-8"):
        list(read_tickets([str(file)]))


def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(BadTicket, match="No such file"):
        list(read_tickets([str(tmp_path / "none.json")]))
