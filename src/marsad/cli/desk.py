"""``marsad desk``: the register as pages in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from marsad.cli.options import At, Who
from marsad.cli.output import needing

__all__ = ["add_to"]

_PACKAGES = (
    "argon2", "httpx", "joserfc", "fastapi", "itsdangerous", "jinja2", "python_multipart", "starlette", "uvicorn", "sqlalchemy", "alembic", "pg8000",
)  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(desk)


def desk(
    register: At = "",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where it listens.")] = 8410,
    host: Annotated[str, typer.Option("--host", help="Where it listens; only this machine reaches it by default.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="Another name by which browsers may call it.")
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="Browsers reach it over TLS, by a proxy before it.")] = False,
    idle: Annotated[int, typer.Option("--idle", min=1, max=720, help="Minutes after which the screen of an account locks.")] = 15,
    issuer: Annotated[
        str, typer.Option("--oidc-issuer", metavar="URL", help="Identity provider at which people may sign in.")
    ] = "",
    client: Annotated[str, typer.Option("--oidc-client", help="What the provider knows the desk by.")] = "marsad",
    secret: Annotated[
        str, typer.Option("--oidc-secret", envvar="MARSAD_OIDC_SECRET", help="Better given by MARSAD_OIDC_SECRET.")
    ] = "",
    provider: Annotated[str, typer.Option("--oidc-name", help="Name of the provider, to show.")] = "",
    claim: Annotated[str, typer.Option("--oidc-claim", help="What of a person is the identity of an account.")] = "email",
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    who: Who = "",
) -> None:
    """Open the desk, where a register is read, checked and decided on in a browser."""
    with needing("the desk", "desk,register,oidc" if issuer else "desk,register", _PACKAGES):
        from marsad.desk.server import serve
        from marsad.desk.settings import Provider, Settings

        at = Provider(issuer, client, secret, provider, claim) if issuer else None
        if at is not None:
            import marsad.desk.oidc  # noqa: F401  # that its packages are missing is told now
        settings = Settings(
            register=register, host=host, port=port, hosts=tuple(name or ()), who=who, https=https, idle=idle, provider=at
        )
        serve(settings, typer.echo, open_browser=open_)
