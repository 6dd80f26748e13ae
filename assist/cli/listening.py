"""The address a server listens on: taken before anything is loaded, shared by its processes."""

import socket

from assist.errors import BadSetting

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognized, not bound
"""Addresses that a server listens on and nobody can call."""


def taken(host: str, port: int) -> socket.socket:
    """The address, taken and not listened on yet: who connects now is refused, and may come again.

    Raises `BadSetting` where somebody else has it.
    """
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        where = f"{host}:{port}"
        problem = f"cannot listen there: {error.strerror or error}"
        raise BadSetting(problem, where=where, cure="choose another --port") from error
    return found


def address_of(host: str, port: int) -> str:
    """Where other processes of this machine reach the server."""
    reached = EVERYWHERE.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"
