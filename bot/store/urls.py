"""Read the database URLs that people write."""

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import UnsupportedDatabaseError

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_KINDS = "the bot knows sqlite:///file.db and postgresql://user@host/database"


def parse_url(text: str) -> URL:
    """Return the URL with the driver that the bot uses, or refuse it; the refusal repeats only its scheme."""
    scheme = _scheme(text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Without its cause, which may quote a password.
        raise UnsupportedDatabaseError(scheme, f"not a database URL; {_KINDS}") from None
    if "+" in url.drivername:
        raise UnsupportedDatabaseError(scheme, f"the bot picks the driver itself; {_KINDS}")
    if url.drivername not in _DRIVERS:
        raise UnsupportedDatabaseError(scheme, _KINDS)
    url = url.set(drivername=_DRIVERS[url.drivername])
    return _checked_file(url) if url.get_backend_name() == "sqlite" else _checked_server(url, text)


def _scheme(text: str) -> str:
    if found := re.match(r"([a-z][\w+.-]*)://", text, re.ASCII | re.IGNORECASE):
        return found[1]
    return "…" if "@" in text else text


def _checked_file(url: URL) -> URL:
    if url.host or url.port or url.username or url.query:
        reason = "sqlite takes a path and no host or options: three slashes before a relative path, four before /"
        raise UnsupportedDatabaseError(url.get_backend_name(), reason)
    if not url.database or url.database == ":memory:":
        raise UnsupportedDatabaseError(url.get_backend_name(), "the bot needs a file: sqlite:///faq.db")
    return url


def _checked_server(url: URL, text: str) -> URL:
    if text.count("@") > (url.username is not None):
        # Else the rest of a password would count as the name of a host or database, and be shown.
        reason = "within names and passwords, write a / as %2F and an @ as %40"
        raise UnsupportedDatabaseError(url.get_backend_name(), reason)
    import psycopg  # noqa: PLC0415  # SQLite needs no driver for servers

    _, options = url.get_dialect()().create_connect_args(url)
    try:
        psycopg.conninfo.make_conninfo(**options)
    except psycopg.ProgrammingError as error:
        raise UnsupportedDatabaseError(url.get_backend_name(), str(error).strip()) from None
    return url


def place_of(url: URL) -> str:
    """Return where a database is, in words that may be shown: without password and options."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    bare = URL.create("postgresql", url.username, host=url.host, port=url.port, database=url.database)
    return bare.render_as_string()
