"""Show how settings become services over a database."""

import asyncio
import logging
import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.bootstrap import load_encoder, load_lexicon, open_app
from bot.config import Settings, variable
from bot.core.models import Audience, MessageRef, Question, Surface
from bot.errors import (
    DatabaseOutdatedError,
    DatabaseTooNewError,
    DatabaseUnreachableError,
    InvalidInputError,
    UnsupportedDatabaseError,
)
from bot.resources import resource
from bot.service import utc_now
from bot.service.app import App
from bot.store import migration
from bot.store.questions import get_question
from tests.encoder.models import mean_of, write_model
from tests.schemas import on_connection

NEXT = """
revision = "9999"
down_revision = {newest!r}


def upgrade() -> None:
    pass
"""


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what is set on this machine."""
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    monkeypatch.chdir(tmp_path)


async def use(settings: Settings) -> int:
    """Open the bot and return how many entries there are."""
    async with open_app(settings) as app:
        return len(await app.catalogue.list())


async def test_a_new_file_gets_its_tables_and_is_found_again(empty_sqlite_url: str) -> None:
    for _ in range(2):
        assert await use(Settings(database_url=empty_sqlite_url)) == 0
    await migration.check(empty_sqlite_url)


async def test_a_folder_that_was_named_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachableError):
        await use(Settings(database_url=f"sqlite:///{tmp_path / 'nowhere' / 'faq.db'}"))

    assert not (tmp_path / "nowhere").exists()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of a new user, who has no folder for data yet."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    return home


def test_the_default_folder_is_made(home: Path) -> None:
    assert asyncio.run(use(Settings())) == 0
    assert [path.name for path in home.rglob("faq.db")] == ["faq.db"]


def test_a_default_folder_that_cannot_be_made(home: Path) -> None:
    home.write_text("a file in its place")
    with pytest.raises(DatabaseUnreachableError) as refused:
        asyncio.run(use(Settings()))

    assert refused.value.place.endswith("faq.db")


async def test_a_server_without_tables_waits_for_an_upgrade(empty_postgres_url: str) -> None:
    with pytest.raises(DatabaseOutdatedError) as refused:
        await use(Settings(database_url=empty_postgres_url))
    assert refused.value.current is None

    await migration.upgrade(empty_postgres_url)
    assert await use(Settings(database_url=empty_postgres_url)) == 0


async def test_a_file_of_an_earlier_version_waits_for_an_upgrade(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a first start is spared the question whether there is a backup."""
    newest = await migration.current(sqlite_url)
    shutil.copytree(resource("migrations"), tmp_path / "_migrations")
    (tmp_path / "_migrations" / "versions" / "9999_next.py").write_text(NEXT.format(newest=newest))
    monkeypatch.setattr("bot.resources.PACKAGE", tmp_path)
    with pytest.raises(DatabaseOutdatedError) as refused:
        await use(Settings(database_url=sqlite_url))

    assert (refused.value.current, refused.value.wanted) == (newest, "9999")


async def test_a_database_of_a_newer_version(database_url: str) -> None:
    await _set_revision(database_url, "9999")
    with pytest.raises(DatabaseTooNewError) as refused:
        await use(Settings(database_url=database_url))

    assert refused.value.revision == "9999"


async def _set_revision(url: str, revision: str) -> None:
    statement = f"UPDATE alembic_version SET version_num = '{revision}'"  # noqa: S608  # words of the test
    await on_connection(url, lambda connection: connection.exec_driver_sql(statement).close())


async def test_an_unknown_kind_of_database() -> None:
    with pytest.raises(UnsupportedDatabaseError):
        await use(Settings(database_url="mysql://localhost/faq"))


async def test_the_services_share_one_database_and_the_key_of_the_settings(sqlite_url: str) -> None:
    authors = []
    for number, key in enumerate((None, "a key of sixteen", "a key of sixteen")):
        settings = Settings(database_url=sqlite_url, author_key=None if key is None else SecretStr(key))
        async with open_app(settings) as app:
            authors.append(await _author(app, f"m{number}"))

    assert authors[0] != authors[1] == authors[2]


async def _author(app: App, message_id: str) -> str:
    asked = await app.ask.ask(
        Question(
            text="hello", ref=MessageRef(platform="x", message_id=message_id), author_id="U1", surface=Surface.CONSOLE
        )
    )
    async with app.database.snapshot() as tx:
        logged = await get_question(tx, asked.question_id)
    assert abs((utc_now() - logged.asked_at).total_seconds()) < 60
    return logged.author


def test_the_built_in_synonyms_are_known() -> None:
    lexicon = load_lexicon(Settings())

    assert lexicon.fold(["2fa"]) == lexicon.fold(["two", "factor", "authentication"])


def test_synonyms_of_ones_own_come_on_top(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("parrot = polly, 2fa\n", "utf-8")
    lexicon = load_lexicon(Settings(synonyms=path))

    assert lexicon.fold(["polly"]) == lexicon.fold(["2fa"]) == ["parrot"]
    assert lexicon.fold(["kyc"]) == load_lexicon(Settings()).fold(["kyc"])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"parrot\n", "not a group of names"),
        ("parrot = Papagei\u00fc".encode("cp1252"), "UTF-8"),
        (b"", "the file is empty"),
    ],
)
def test_a_wrong_file_of_synonyms_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes(content)
    with pytest.raises(InvalidInputError) as refused:
        load_lexicon(Settings(synonyms=path))

    (problem,) = refused.value.problems
    assert problem.where == str(path)
    assert what in problem.what


async def test_synonyms_are_used_for_matching(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("parrot = polly\n", "utf-8")
    async with open_app(Settings(database_url=sqlite_url, synonyms=path)) as app:
        found = await app.ask.explain("where is polly", audience=Audience.PUBLIC, surface=Surface.CONSOLE)

    assert found.query.content == ("where", "parrot")


def test_an_encoder_that_is_there_is_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    encode = load_encoder(Settings(model_dir=write_model(tmp_path / "model")))
    assert encode is not None
    vectors = encode(["cat"])
    assert vectors is not None
    assert vectors[0] == pytest.approx(mean_of("cat"), abs=1e-6)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("named", "event", "level"), [(True, "encoder.failed", logging.WARNING), (False, "encoder.off", logging.INFO)]
)
def test_without_an_encoder_the_log_says_so(
    caplog: pytest.LogCaptureFixture, *, named: bool, event: str, level: int
) -> None:
    caplog.set_level(logging.INFO, "bot")
    assert load_encoder(Settings(model_dir=Path("missing") if named else None)) is None
    (record,) = caplog.records
    assert (record.getMessage(), record.levelno) == (event, level)
    assert (getattr(record, "where", "") == str(Path("missing", "model.onnx"))) is named
