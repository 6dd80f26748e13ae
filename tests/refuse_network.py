"""Put first on the path as `sitecustomize`: refuses and records what would leave the machine.

Python calls it in every process that inherits the path. Loopback and local sockets stay open.
Compiled code that opens sockets of its own is not seen.
"""

import ipaddress
import os
import sys

CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
LOOKING_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
LOG = "REFUSED_LOG"
"""The variable that names the file to record in."""


def _stays_here(host: object) -> bool:
    """Whether this host is this machine; none and an empty one are."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event in CONNECTING:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a local socket is a path
    elif event in LOOKING_UP:
        host = arguments[0]
    else:
        return
    if not _stays_here(host):
        log = os.open(os.environ[LOG], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(log, f"{event} {host!r} {sys.argv}\n".encode())
        os.close(log)
        raise ConnectionRefusedError(f"{event} to {host!r} is refused here")


sys.addaudithook(_guard)
