"""Documents and files sent over HTTP: taken or refused at once, told of as a job afterwards."""

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from fastapi.testclient import TestClient

from assist.adapters.uploads import FolderUploads
from assist.service.desk import Desk
from assist.service.jobs import MOST_UNFINISHED
from assist.web.app import create_app
from assist.web.limits import MAX_BODY
from tests.contracts.job_store import a_job
from tests.service.parts import some_parts
from tests.web.ingest_requests import (
    a_part,
    check_refused,
    ended,
    files_left,
    post_documents,
    post_files,
    post_form,
)

LIMIT = 50_000
DOCUMENT = {"id": "reset", "title": "Reset", "text": "Hold the button for ten seconds."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    uploads = FolderUploads(tmp_path / "uploads", limit=LIMIT)
    return Desk(parts=some_parts(uploads=uploads), records_for=lambda _files: None)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client


def test_documents_become_a_job_that_is_told_of_where_the_answer_says(
    client: TestClient, desk: Desk
) -> None:
    answer = post_documents(client, DOCUMENT, source="wiki")

    waiting = answer.json()
    assert answer.headers["location"] == f"/v1/ingest/{waiting['id']}"
    assert (waiting["state"], waiting["source"]) == ("waiting", "wiki")
    assert client.get(answer.headers["location"]).json() == waiting
    job = ended(client, desk, answer)
    assert (job["state"], job["report"]["added"]) == ("published", 1)
    found = client.post("/v1/search", json={"query": "hold the button"}).json()
    assert found["hits"][0]["document_id"] == "reset"
    assert found["generation"] == job["generation"]


def test_what_decides_who_may_read_a_document_may_stand_beside_it_or_in_its_metadata(
    client: TestClient, desk: Desk
) -> None:
    beside = {"kind": "policy", "regions": ["UK"], "expires": "2027-01-31", "language": "en-GB"}
    answer = post_documents(
        client,
        {"id": "p", "text": "Rule.", **beside, "metadata": {"owner": "Care", "regions": ["US"]}},
        {"id": 7, "text": "Note.", "metadata": {"audience": "internal"}},
    )

    ended(client, desk, answer)

    serving = desk.parts.knowledge.current()
    assert serving is not None
    note, rule = desk.parts.knowledge.documents(serving.id)
    assert (rule.id, rule.kind, rule.regions, rule.language) == ("p", "policy", ("UK",), "en-GB")
    assert (str(rule.expires), rule.metadata["owner"]) == ("2027-01-31", "Care")
    assert rule.audience == "internal"
    assert (note.id, note.kind, note.audience) == ("7", "kb", "internal")


def test_what_came_under_a_source_before_can_be_pruned(client: TestClient, desk: Desk) -> None:
    ended(client, desk, post_documents(client, DOCUMENT, source="wiki"))
    other = {"id": "other", "text": "Press it."}

    job = ended(client, desk, post_documents(client, other, source="wiki", prune=True))

    assert (job["report"]["added"], job["report"]["removed"]) == (1, 1)


def test_files_become_a_job_and_keep_their_own_names_without_folders(
    client: TestClient, desk: Desk, tmp_path: Path
) -> None:
    answer = post_files(
        client, ("../../up.md", b"# Up\n\nUp."), ("a.txt", b"Text."), kind="kb", source="files"
    )

    assert [name.partition("/")[2] for name in files_left(tmp_path)] == ["", "a.txt", "up.md"]
    job = ended(client, desk, answer)
    serving = desk.parts.knowledge.current()
    assert serving is not None
    documents = desk.parts.knowledge.documents(serving.id)
    assert [document.id for document in documents] == ["a.txt", "up.md"]
    assert job["report"]["documents"] == 2
    assert files_left(tmp_path) == []


def test_a_job_that_fails_tells_what_is_wrong_where_and_what_to_do(
    client: TestClient, desk: Desk
) -> None:
    policy = "---\nid: returns\nclauses: [1]\n---\nReturns."
    job = ended(client, desk, post_files(client, ("returns.md", policy.encode()), kind="policy"))

    assert job["state"] == "failed"
    assert job["problem"]["kind"] == "BadKnowledgeBase"
    assert job["problem"]["where"] == "returns.md:3"
    assert job["problem"]["cure"]
    assert job["report"] is None


def test_a_document_that_cannot_be_read_is_named_and_the_others_are_served(
    client: TestClient, desk: Desk
) -> None:
    broken = {"id": "nul", "text": "a\x00b"}

    job = ended(client, desk, post_documents(client, DOCUMENT, broken))

    assert (job["state"], job["report"]["added"], job["report"]["errors"]) == ("published", 1, 1)
    assert job["report"]["problems"][0]["where"] == "documents.1"


def test_the_latest_jobs_come_first(client: TestClient, desk: Desk) -> None:
    ids = [post_documents(client, DOCUMENT).json()["id"] for _ in range(3)]

    newest = client.get("/v1/ingest", params={"limit": 2}).json()["jobs"]

    assert [job["id"] for job in newest] == [ids[2], ids[1]]
    assert len(client.get("/v1/ingest").json()["jobs"]) == 3


@pytest.mark.parametrize("job_id", ["j-0", "a%00b", "..%2f..", "x" * 3_000])
def test_an_unknown_job_is_not_found(client: TestClient, job_id: str) -> None:
    assert client.get(f"/v1/ingest/{job_id}").status_code == 404


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "documents"),
        ({"documents": []}, "documents"),
        ({"documents": [DOCUMENT], "path": "/etc/passwd"}, "path"),
        ({"documents": [{"id": "a"}]}, "documents.0.text"),
        ({"documents": [{"id": "", "text": "a"}]}, "documents.0.id"),
        ({"documents": [DOCUMENT | {"kind": "faq"}]}, "documents.0.kind"),
        ({"documents": [DOCUMENT | {"colour": "red"}]}, "documents.0.colour"),
        ({"documents": [DOCUMENT | {"expires": "soon"}]}, "documents.0.expires"),
        ({"documents": [DOCUMENT], "source": "../kb"}, "source"),
        ({"documents": [DOCUMENT], "prune": 1}, "prune"),
        ({"documents": [DOCUMENT], "prune": True}, ""),
    ],
    ids=range(11),
)
def test_a_request_that_does_not_fit_is_refused_at_once_and_leaves_nothing(
    client: TestClient, desk: Desk, tmp_path: Path, body: object, where: str
) -> None:
    problem = check_refused(client.post("/v1/ingest", json=body), 422)

    assert problem.get("where", "").startswith(where)
    assert files_left(tmp_path) == []
    assert desk.parts.jobs.latest(1) == ()


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'{"documents": ', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 40_000, "application/json", 422),
        (b'{"documents": ' + b"9" * 5_000 + b"}", "application/json", 422),
        (b"x" * (MAX_BODY + 1), "application/json", 413),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"<a/>", "text/xml", 415),
        (b"{}", "", 415),
        (b"x", "multipart/form-data", 422),
        (b"not a form", "multipart/form-data; boundary=b", 422),
        (b"--b\r\n", "multipart/form-data; boundary=" + "b" * 300, 422),
    ],
    ids=range(11),
)
def test_what_is_neither_json_nor_a_form_is_refused_with_the_cure(
    client: TestClient, tmp_path: Path, content: bytes, content_type: str, status: int
) -> None:
    headers = {"content-type": content_type} if content_type else {}

    check_refused(client.post("/v1/ingest", content=content, headers=headers), status)

    assert files_left(tmp_path) == []


FORMS = {
    "cut off": a_part('name="files"; filename="a.md"'),
    "no name": a_part("x=y") + b"--b--\r\n",
    "a file in another field": a_part('name="file"; filename="a.md"') + b"--b--\r\n",
    "a file without its name": a_part('name="files"') + b"--b--\r\n",
    "a file name that is none": a_part('name="files"; filename=".."') + b"--b--\r\n",
    "a field twice": a_part('name="source"') * 2 + b"--b--\r\n",
    "an unknown field": a_part('name="path"', b"/etc") + b"--b--\r\n",
    "a long field": a_part('name="source"', b"x" * 10_001) + b"--b--\r\n",
    "a field that is no text": a_part('name="source"', b"\xff") + b"--b--\r\n",
    "a bad value": a_part('name="prune"', b"perhaps") + b"--b--\r\n",
    "no file": a_part('name="source"', b"wiki") + b"--b--\r\n",
    "nothing": b"--b--\r\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_that_is_not_as_it_should_be_is_refused_and_leaves_nothing(
    client: TestClient, desk: Desk, tmp_path: Path, form: bytes
) -> None:
    check_refused(post_form(client, form), 413 if len(form) > 10_000 else 422)

    assert files_left(tmp_path) == []
    assert desk.parts.jobs.latest(1) == ()


def test_an_upload_over_the_limit_is_refused_declared_or_streamed(
    client: TestClient, desk: Desk, tmp_path: Path
) -> None:
    body = a_part('name="files"; filename="a.md"', b"x" * LIMIT) + b"--b--\r\n"

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 1_000):
            yield body[start : start + 1_000]

    headers = {"content-type": "multipart/form-data; boundary=b"}
    streamed = client.post("/v1/ingest", content=pieces(), headers=headers)

    for answer in (post_form(client, body), streamed):
        problem = check_refused(answer, 413, f"over {LIMIT} bytes")
        assert "ASSIST_MAX_UPLOAD_MB" in problem["cure"]
    assert files_left(tmp_path) == []


def test_an_upload_of_just_under_the_limit_comes_through_whole(
    client: TestClient, desk: Desk, tmp_path: Path
) -> None:
    text = b"word " * (LIMIT // 5 - 40)

    assert post_files(client, ("a.txt", text)).status_code == 202

    (folder, file) = files_left(tmp_path)
    assert file == f"{folder}/a.txt"
    assert (tmp_path / "uploads" / file).read_bytes() == text


def test_too_many_waiting_jobs_are_refused(client: TestClient, desk: Desk) -> None:
    for number in range(MOST_UNFINISHED):
        desk.parts.jobs.add(a_job(f"j-{number}", sent_as="files"), None)

    check_refused(post_documents(client, DOCUMENT), 429, "waiting already")


def test_a_disk_that_takes_no_files_is_a_problem_of_ours() -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)  # its uploads have no place
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        check_refused(post_documents(client, DOCUMENT), 503)


def test_the_published_schema_says_what_may_be_sent(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/v1/ingest"]["post"]
    schemas = {
        name: content["schema"] for name, content in operation["requestBody"]["content"].items()
    }
    sent = {"documents": [DOCUMENT | {"regions": ["UK"]}], "source": "wiki", "prune": True}

    jsonschema.validate(sent, schemas["application/json"])
    for wrong in ({"documents": []}, {"documents": [{"id": "a"}]}, sent | {"path": "/etc"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schemas["application/json"])
    assert schemas["multipart/form-data"]["required"] == ["files"]
    assert {"202", "413", "415", "422", "429", "507"} <= set(operation["responses"])
