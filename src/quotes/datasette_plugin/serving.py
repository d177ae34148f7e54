"""Serving one database on this machine."""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
import sqlite3
import sys
import webbrowser
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from quotes.datasette_plugin.addresses import page_address
from quotes.errors import ServeError
from quotes.store.connection import mapped_errors, open_reading

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping

    from datasette.app import Datasette

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Message, Receive, Send], Awaitable[None]]

SETTINGS: dict[str, Any] = {
    # quotes are long: as many rows as one reads in one go
    "default_page_size": 50,
    # queries that count over a whole large database take seconds; the default of one second cuts them off
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1000,
    # the facets that help are configured; looking for others costs 50 ms for each column of every page
    "suggest_facets": False,
    # nearly every quote is shown in full, and a whole article in no list
    "truncate_cells_html": 600,
    # while articles are added, the file alone lacks what stands in the file beside it
    "allow_download": False,
}
"""Datasette's settings where they are not its own defaults."""

_FRONT_PAGE = {"title": "quotes", "description": "Who said what, and where it was printed."}

_GRACE = 3
"""Seconds that answers under way may still take after Ctrl-C."""

_URI_SYNTAX = frozenset("?#")


def serve(
    path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    announce: Callable[[str], object] = lambda _address: None,
) -> None:
    """Serve a database, read-only, until the process is interrupted or terminated.

    `announce` gets the address once it answers; port 0 takes any free one. What is added meanwhile is seen. Raises
    what `connection.open_reading` does, and ServeError when it cannot listen there.
    """
    import uvicorn

    datasette = application(Path(path))
    _print_no_variables()
    with _interruptible(), closing(_listen(host, port)) as listening:
        address = f"http://{_in_url(host)}:{listening.getsockname()[1]}{_first_page(datasette)}"
        announce(address)
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            guarded(datasette.app(), host),
            lifespan="on",
            log_level="warning",
            timeout_graceful_shutdown=_GRACE,
        )
        uvicorn.Server(config).run(sockets=[listening])


def application(path: Path) -> Datasette:
    """Datasette with one database, our settings and our plugin; raises as `serve` does."""
    from datasette.app import Datasette
    from datasette.plugins import pm

    from quotes import datasette_plugin

    open_reading(path).close()
    if _URI_SYNTAX & set(str(path)) or unquote(str(path)) != str(path):
        raise ServeError(f"Datasette cannot open {path}, whose name has ?, # or %: rename it, or serve a copy.")
    # where entry points are switched off, or the package runs from its source
    if not pm.is_registered(datasette_plugin):
        pm.register(datasette_plugin)
    frozen = _needs_no_locks(path)
    files, immutables = ([], [str(path)]) if frozen else ([str(path)], [])
    return Datasette(files, immutables=immutables, settings=SETTINGS, metadata=dict(_FRONT_PAGE))


def _print_no_variables() -> None:
    """Where it finds rich, Datasette prints all local variables, article texts too, for each address that is none."""
    # only now: Datasette has to be loaded as a whole before this part of it
    from datasette import handle_exception

    handle_exception.rich = None


def guarded(app: App, host: str) -> App:
    """The application, answering on loopback only to loopback's names.

    A page elsewhere on the web can have its own name lead to this machine, and so read what stands here; its requests
    carry that name.
    """
    if not _is_loopback(host):
        return app

    async def only_loopback(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_loopback(_asked_host(scope)):
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This server answers to its own address only.\n"})
            return
        await app(scope, receive, send)

    return only_loopback


def _asked_host(scope: Message) -> str:
    asked = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    try:
        return urlsplit(f"//{asked}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _first_page(datasette: Datasette) -> str:
    name = next(name for name, database in datasette.databases.items() if not database.is_memory)
    return page_address(datasette, name)


def _needs_no_locks(path: Path) -> bool:
    """Whether the database, or its folder, may not be written, which a file in WAL mode asks for even of readers."""
    with mapped_errors(path):
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            return True
    return False


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unlistenable(error, host, port) from error
    try:
        if sys.platform != "win32":  # there it would let two servers have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise _unlistenable(error, host, port) from error
    return listening


def _unlistenable(error: OSError, host: str, port: int) -> ServeError:
    if error.errno == errno.EADDRINUSE:
        return ServeError(
            f"Port {port} of {host} is taken: choose another with --port {port + 1 if port < 65535 else 8001}."
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return ServeError(f"Port {port} is kept for the administrator: choose another with --port 8001.")
    return ServeError(f"{host} is no address of this machine: leave out --host, or name one of its own.")


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does, and neither is an error."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
