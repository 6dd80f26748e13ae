"""The statements of the knowledge store. Row-level security narrows each to one workspace.

Rows travel as arrays, one per column: as quick as `COPY`, which row-level security does not allow.
Those statements are the driver's own, `%(name)b`: text arrays in binary are three times as quick
as in text (70 000 against 20 000 passages a second, client and server together).
"""

from sqlalchemy import text

LOCK = text("""
    SELECT pg_advisory_xact_lock(
        hashtext('assist.knowledge.' || current_setting('assist.workspace'))
    )
""")
"""One writer of a workspace's knowledge at a time, until its transaction ends."""

GENERATION = """
    SELECT generation_id AS id, number, fingerprint, embedder, chunking, created_at, documents,
           passages
    FROM generations
"""
LIVE = text(f"{GENERATION} WHERE state = 'live'")
PUBLISHED = text(f"{GENERATION} WHERE state <> 'staged' ORDER BY number DESC, generation_id")
STATE = text("SELECT state FROM generations WHERE generation_id = :id")

DOCUMENTS = text("""
    SELECT CAST(body AS text)
    FROM generation_documents JOIN documents USING (workspace_id, version, document_id)
    WHERE generation_id = :id
    ORDER BY document_id COLLATE "C"
""")
PASSAGES = text("""
    SELECT CAST(body AS text)
    FROM generation_documents JOIN passages USING (workspace_id, version)
    WHERE generation_id = :id
    ORDER BY document_id COLLATE "C", position, passage_id COLLATE "C"
""")
FILES = text("""
    SELECT name, content
    FROM generation_files JOIN files USING (workspace_id, hash)
    WHERE generation_id = :id
    ORDER BY name COLLATE "C"
""")

INSERT_GENERATION = text("""
    INSERT INTO generations (generation_id, number, state, fingerprint, embedder, chunking,
                             created_at, documents, passages)
    VALUES (:id, :number, 'staged', :fingerprint, :embedder, :chunking,
            :created_at, :documents, :passages)
""")
KNOWN_VERSIONS = text("SELECT version FROM documents WHERE version = ANY(:versions)")
INSERT_DOCUMENTS = """
    INSERT INTO documents (version, document_id, kind, body)
    SELECT version, id, kind, CAST(body AS json)
    FROM unnest(CAST(%(versions)b AS text[]), CAST(%(ids)b AS text[]), CAST(%(kinds)b AS text[]),
                CAST(%(bodies)b AS text[])) AS new (version, id, kind, body)
"""
INSERT_PASSAGES = """
    INSERT INTO passages (version, passage_id, position, body)
    SELECT version, id, position, CAST(body AS json)
    FROM unnest(CAST(%(versions)b AS text[]), CAST(%(ids)b AS text[]),
                CAST(%(positions)b AS integer[]), CAST(%(bodies)b AS text[]))
         AS new (version, id, position, body)
"""
INSERT_MEMBERS = """
    INSERT INTO generation_documents (generation_id, document_id, version)
    SELECT %(generation)s, id, version
    FROM unnest(CAST(%(ids)b AS text[]), CAST(%(versions)b AS text[])) AS new (id, version)
"""
INSERT_FILE = text(
    "INSERT INTO files (hash, content) VALUES (:hash, :content) ON CONFLICT DO NOTHING"
)
INSERT_FILE_MEMBER = text("""
    INSERT INTO generation_files (generation_id, name, hash) VALUES (:generation, :name, :hash)
""")

RETIRE = text("UPDATE generations SET state = 'old' WHERE state = 'live'")
PUBLISH = text("UPDATE generations SET state = 'live' WHERE generation_id = :id")
REFUSE = text("""
    INSERT INTO refusals (at, location, problem, cure) VALUES (:at, :where, :problem, :cure)
    ON CONFLICT (workspace_id) DO UPDATE SET
        at = excluded.at, location = excluded.location,
        problem = excluded.problem, cure = excluded.cure
""")
REFUSED = text('SELECT at, location AS "where", problem, cure FROM refusals')
FORGET_REFUSAL = text("DELETE FROM refusals")
DELETE_STAGED = text("DELETE FROM generations WHERE state = 'staged'")
DELETE_OLD = text("""
    DELETE FROM generations WHERE state = 'old' AND generation_id NOT IN (
        SELECT generation_id FROM generations WHERE state = 'old'
        ORDER BY number DESC, generation_id LIMIT :kept
    )
""")
DELETE_ORPHAN_DOCUMENTS = text("""
    DELETE FROM documents WHERE NOT EXISTS (
        SELECT FROM generation_documents AS member
        WHERE member.workspace_id = documents.workspace_id AND member.version = documents.version
    )
""")
DELETE_ORPHAN_FILES = text("""
    DELETE FROM files WHERE NOT EXISTS (
        SELECT FROM generation_files AS member
        WHERE member.workspace_id = files.workspace_id AND member.hash = files.hash
    )
""")

SERVED = text("""
    SELECT DISTINCT document_id FROM generation_documents JOIN generations
        USING (workspace_id, generation_id)
    WHERE state = 'live' AND document_id = ANY(:ids)
""")
DELETE_MEMBERS = text("""
    DELETE FROM generation_documents WHERE document_id = ANY(:ids) RETURNING generation_id
""")
RECOUNT = text("""
    UPDATE generations SET
        documents = (
            SELECT count(*) FROM generation_documents AS member
            WHERE member.workspace_id = generations.workspace_id
                AND member.generation_id = generations.generation_id
        ),
        passages = (
            SELECT count(*) FROM generation_documents AS member
                JOIN passages USING (workspace_id, version)
            WHERE member.workspace_id = generations.workspace_id
                AND member.generation_id = generations.generation_id
        )
    WHERE generation_id = ANY(:generations)
""")
TIME = text("SELECT clock_timestamp()")
