"""A server that speaks OpenAI's chat protocol over real HTTP and behaves as a test says.

    with ScriptedServer(good=lambda asked: '{"ready": true}', behavior="stall_in_stream") as server:
        ...server.url, server.requests

`behaviors.BEHAVIORS` names all it can do; `contents.CONTENTS` those that keep the protocol and
lie, as functions from a good reply to a bad one.
"""
