"""Show which URLs are taken, and that no password comes out again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UnsupportedDatabaseError
from bot.store import Database
from bot.store.connections import parse_url, place_of


@pytest.mark.parametrize(
    ("text", "driver", "place"),
    [
        ("sqlite:///faq.db", "sqlite+aiosqlite", "faq.db"),
        ("sqlite:////var/lib/faq.db", "sqlite+aiosqlite", "/var/lib/faq.db"),
        ("postgresql://ann@db.example:6543/faq", "postgresql+psycopg", "postgresql://ann@db.example:6543/faq"),
        ("postgres://ann:secret@db.example/faq", "postgresql+psycopg", "postgresql://ann@db.example/faq"),
        ("postgresql:///faq?host=/run/postgresql", "postgresql+psycopg", "postgresql:///faq"),
    ],
)
def test_plain_urls_get_their_driver(text: str, driver: str, place: str) -> None:
    url = parse_url(text)

    assert url.drivername == driver
    assert place_of(url) == place


@pytest.mark.parametrize(
    ("text", "shown", "reason"),
    [
        ("faq.db", "faq.db", "not a database URL"),
        ("", "", "not a database URL"),
        ("ann:secret@db.example", "…", "not a database URL"),
        ("postgresql://ann:secret@db.example:port/faq", "postgresql", "not a database URL"),
        ("postgresql://ann:p@secret@db.example/faq", "postgresql", "%40"),
        ("postgresql://ann/lee:secret@db.example/faq", "postgresql", "%2F"),
        ("mysql://ann:secret@db.example/faq", "mysql", "the bot knows"),
        ("postgresql+asyncpg://ann:secret@db.example/faq", "postgresql+asyncpg", "picks the driver itself"),
        ("postgresql://db.example/faq?colour=secret", "postgresql", 'invalid connection option "colour"'),
        ("sqlite://", "sqlite", "needs a file"),
        ("sqlite:///:memory:", "sqlite", "needs a file"),
        ("sqlite://faq.db", "sqlite", "three slashes"),
        ("sqlite:///faq.db?mode=ro", "sqlite", "three slashes"),
    ],
)
def test_other_urls_are_refused_with_a_reason(text: str, shown: str, reason: str) -> None:
    with pytest.raises(UnsupportedDatabaseError) as refused:
        Database(text)

    assert refused.value.url == shown
    assert reason in refused.value.reason
    assert "secret" not in repr(refused.value.__dict__)


schemes = st.sampled_from(["sqlite", "postgresql", "postgres", "mysql", "postgresql+asyncpg", "https", ""])
rests = st.sampled_from(
    ["db.example/faq", "db.example:port/faq", "db.example:1/faq?colour=red", "[::1/faq", "/faq?host=/run"]
)
odd = st.text("/:@?%&=[]#+ é\0", max_size=4)


@settings(max_examples=500)
@given(schemes, st.sampled_from(["://", "//", ":", ""]), odd, odd, rests)
def test_no_password_is_ever_shown(scheme: str, separator: str, before: str, after: str, rest: str) -> None:
    text = f"{scheme}{separator}ann:{before}hunter2{after}@{rest}"
    try:
        shown = repr(Database(text))
    except UnsupportedDatabaseError as error:
        shown = f"{error!r} {error.__cause__!r} {error.__context__ if not error.__suppress_context__ else ''}"

    assert "hunter2" not in shown


def test_a_password_among_the_options_is_not_shown() -> None:
    assert "hunter2" not in repr(Database("postgresql://db.example/faq?user=ann&password=hunter2"))
