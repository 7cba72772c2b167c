"""Server: runs the application in this process until it is interrupted."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from marsad.desk import assets
from marsad.desk.app import create_app
from marsad.desk.settings import EVERYWHERE, Settings, is_loopback
from marsad.errors import InputError, MarsadError
from marsad.register import accounts

__all__ = ["serve"]


def serve(settings: Settings, tell: Callable[[str], None], *, open_browser: bool = False) -> None:
    """Serve the desk until it is interrupted.

    Args:
        settings: of the desk.
        tell: is given what the person should know, line by line.
        open_browser: whether to open it in the browser of this machine.

    Raises:
        InputError: it would listen where others reach it without accounts.
        MarsadError: the front end was not built, the port is taken, or there is no register.
    """
    if not assets.built():
        raise MarsadError("the front end of the desk was not built; in a checkout it is built by: make run")
    app = create_app(settings)
    with app.state.desk.register.snapshot() as connection:
        shared = accounts.there_are(connection)
    if not shared and not is_loopback(settings.host):
        app.state.desk.close()
        raise InputError(
            f"--host {settings.host}: others could reach the register there without signing in; make accounts first: "
            "marsad account add NAME --role admin"
        )
    address = f"http://{_shown(settings)}:{settings.port}/"
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    try:
        socket = config.bind_socket()
    except SystemExit as error:
        app.state.desk.close()
        raise MarsadError(f"port {settings.port} of {settings.host} cannot be listened on; choose another: --port") from error
    tell(f"The desk is at {address} (Ctrl+C ends it)")
    if settings.host in EVERYWHERE and not settings.hosts:
        tell("Other machines are answered only under names that are given by --name")
    if open_browser:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    threading.Thread(target=app.state.desk.warm, daemon=True).start()
    server.run(sockets=[socket])


def _shown(settings: Settings) -> str:
    """The name under which the desk is opened."""
    host = settings.host
    if host in EVERYWHERE:
        host = settings.hosts[0] if settings.hosts else "localhost"
    return f"[{host}]" if ":" in host else host
