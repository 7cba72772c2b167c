"""State: what the desk holds for as long as it runs: the register, its templates, the secrets of forms."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer

from marsad.desk import sessions
from marsad.desk.passwords import Attempts
from marsad.desk.rates import Rates
from marsad.desk.settings import Settings
from marsad.desk.templating import environment
from marsad.errors import MarsadError
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.register.store import Register, somebody

if TYPE_CHECKING:
    from marsad.desk.context import Desk
    from marsad.desk.oidc import Client

__all__ = ["State"]

_SAID_FOR = 120


class State:
    """What the desk holds for as long as it runs.

    Args:
        settings: of the desk.

    Raises:
        RegisterError: there is no register, or it cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.who = settings.who or somebody()
        self.register = Register.open(settings.register)
        self.tokens = sessions.Tokens()
        self.rates = Rates()
        self.sessions = sessions.Sessions(settings.idle * 60.0)
        # Failures by name, and by address, which many may share.
        self.attempts, self.visits = Attempts(), Attempts(free=30)
        self._seal = URLSafeTimedSerializer(secrets.token_bytes(32), salt="said")
        self._templates = environment()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places that the reader knows."""
        from marsad.gazetteer.gazetteer import default

        return default()

    @property
    def provider(self) -> str:
        """The name of the identity provider at which one may sign in; empty where there is none."""
        provider = self.settings.provider
        return "" if provider is None else provider.name or urlsplit(provider.issuer).netloc

    @cached_property
    def oidc(self) -> Client | None:
        """What talks to the identity provider; None where there is none."""
        if self.settings.provider is None:
            return None
        from marsad.desk.oidc import Client

        return Client(self.settings.provider)

    def warm(self) -> None:
        """Load word lists and places, so that nobody who comes waits for them."""
        from marsad.model import Document
        from marsad.reading import reader
        from marsad.views.masking import masked

        try:
            self.gazetteer.search("Aleppo")
            reader.read(Document("0" * 16, "-", language="ar"))
            masked("-")
        except MarsadError:
            # It will be told to those who ask for what needs it.
            return

    def cookie(self, name: str) -> str:
        """The name of a cookie; browsers share cookies among the ports of a machine, so that it holds the port."""
        return f"marsad_{name}_{self.settings.port}"

    def new_session(self) -> str:
        """A number for a browser that has none."""
        return sessions.new_id()

    def sealed(self, flashes: list[dict[str, str]]) -> str:
        """What is told on the next page, for a cookie that nobody else can make."""
        return str(self._seal.dumps(flashes))

    def flashes(self, sealed: str) -> list[dict[str, str]]:
        """What was sealed a moment ago; nothing where it is too old or not ours."""
        if not sealed:
            return []
        try:
            found: list[dict[str, str]] = self._seal.loads(sealed, max_age=_SAID_FOR)
        except BadData:
            return []
        return found

    def render(self, template: str, desk: Desk, data: Mapping[str, Any]) -> str:
        """A template with data, for a request."""
        return self._templates.get_template(template).render({**data, "desk": desk, "t": desk.t, "n": desk.n})

    def close(self) -> None:
        """Close the register."""
        self.register.close()
