"""Turn settings into a database and services: the one place that puts the parts together."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr

from bot.adapters.discord.options import DiscordOptions
from bot.adapters.permalinks import permalink
from bot.adapters.slack.options import Connection, SlackOptions
from bot.chat.apps import Apps, ManyApps, OneApp
from bot.config import WORKSPACE, Settings, for_workspace, refuse_many, variable, wording
from bot.config.manners import manners_of
from bot.core.searching.lexicon import Lexicon, merge_lexicons, parse_lexicon
from bot.core.searching.spelling import Dictionary
from bot.core.searching.vectors import Encode, Model
from bot.encoder.encoder import Encoder, check_folder, digest_of
from bot.encoder.multilingual import MultilingualEncoder, digest, is_installed
from bot.encoder.tolerant import TolerantEncoder, warn_of
from bot.errors import (
    DatabaseOutdatedError,
    DatabaseUnreachableError,
    EncoderError,
    InvalidInputError,
    SettingsError,
    WorkspaceNotFoundError,
)
from bot.formats.decoding import decode
from bot.service import Periods
from bot.service.app import App, Workspaces, assemble
from bot.service.checks import Checker
from bot.service.vectors import KeptEncoder
from bot.store import Database, migration
from bot.store.connections import parse_url, place_of

_log = logging.getLogger(__name__)


class Encoders(NamedTuple):
    """The sentence encoders that all databases of a process share."""

    english: Encode | None
    multilingual: Encode | None

    @classmethod
    def of(cls, settings: Settings) -> "Encoders":
        """Return those that the settings and what is installed allow."""
        return cls(load_encoder(settings), load_multilingual(settings))


@asynccontextmanager
async def open_apps(settings: Settings) -> AsyncIterator[Apps]:
    """Yield what leads each message to a database: that of its workspace, if the settings have one for each."""
    if WORKSPACE in settings.database_url:
        async with open_workspaces(settings) as workspaces:
            yield ManyApps(workspaces)
    else:
        async with open_app(settings) as app:
            app.database.resume_erasure()
            yield OneApp(app)


def slack_options(settings: Settings) -> SlackOptions:
    """Return how the bot is connected to Slack; a token that is missing for that is named."""
    mode = Connection(settings.slack_mode)
    return SlackOptions(
        permalink=permalink,
        spool=spool_folder(settings),
        bot_token=_secret(settings, "slack_bot_token", kinds=("xoxb-", "xoxe.xoxb-")),
        app_token=_secret(settings, "slack_app_token", kinds=("xapp-",)) if mode is Connection.SOCKET else None,
        signing_secret=_secret(settings, "slack_signing_secret") if mode is Connection.HTTP else None,
        api_url=settings.slack_api_url,
        mode=mode,
        host=settings.slack_host,
        port=settings.slack_port,
        domains=settings.link_domains,
        flag_links=settings.flag_links,
        moderators=settings.slack_moderators,
        staff=settings.slack_staff,
        helpers=settings.slack_helpers,
        trusted=settings.slack_trusted,
        on_call=settings.slack_on_call,
        review_channel=settings.slack_review_channel,
        bots=settings.slack_bots,
        solved_reaction=settings.slack_solved_reaction,
        regions=settings.slack_regions,
        agent=settings.slack_agent,
    )


def discord_options(settings: Settings) -> DiscordOptions:
    """Return how the bot is connected to Discord; a token that is missing is named."""
    shards, count = settings.discord_shard_ids, settings.discord_shard_count
    if shards and (count is None or max(shards) >= count):
        raise SettingsError(
            variable("discord_shard_count"), f"more than {max(shards)}, since this process has shard {max(shards)}"
        )
    return DiscordOptions(
        permalink=permalink,
        spool=spool_folder(settings),
        token=_secret(settings, "discord_token"),
        api_url=settings.discord_api_url,
        gateway_url=settings.discord_gateway_url,
        domains=settings.link_domains,
        flag_links=settings.flag_links,
        servers=settings.discord_servers,
        moderator_roles=settings.discord_moderator_roles,
        helper_roles=settings.discord_helper_roles,
        trusted_roles=settings.discord_trusted_roles,
        on_call_role=settings.discord_on_call_role,
        review_channel=settings.discord_review_channel,
        bots=settings.discord_bots,
        regions=settings.discord_regions,
        message_content=settings.discord_message_content,
        shard_ids=settings.discord_shard_ids,
        shard_count=settings.discord_shard_count,
        delete_secrets=settings.discord_delete_secrets,
        solved_tag=settings.discord_solved_tag,
        close_solved=settings.discord_close_solved,
    )


def spool_folder(settings: Settings) -> Path:
    """Return the folder where messages wait for a database; bots over another one do not look into it."""
    place = place_of(parse_url(settings.database_url))
    return settings.spool / sha256(place.encode()).hexdigest()[:12]


def _secret(settings: Settings, name: str, *, kinds: tuple[str, ...] = ("",)) -> str:
    """Return a secret that is needed; name the setting where there is none, or one that begins like none of `kinds`."""
    value: SecretStr | None = getattr(settings, name)
    if value is None or not value.get_secret_value().startswith(kinds):
        raise SettingsError(variable(name), wording(Settings.model_fields[name]).expected)
    return value.get_secret_value()


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """Open the database and yield the services over it.

    An SQLite file without tables gets them first; any other database must have the newest revision.
    """
    refuse_many(settings)
    async with _opened(settings, load_lexicon(settings), Encoders.of(settings)) as app:
        yield app


@asynccontextmanager
async def open_workspaces(settings: Settings) -> AsyncIterator[Workspaces[App]]:
    """Yield the services of each workspace; they share the synonyms and the encoder, and nothing else.

    A workspace without an SQLite file gets one: its name comes from a platform, and not from a keyboard.
    """
    lexicon, encoders = load_lexicon(settings), Encoders.of(settings)
    workspaces = Workspaces(
        lambda name: _resumed(for_workspace(settings, name), lexicon, encoders), most=settings.open_workspaces
    )
    try:
        yield workspaces
    finally:
        await workspaces.aclose()


def refuse_missing(settings: Settings, workspace: str) -> None:
    """Raise an error when a workspace has no SQLite file yet; on a server that shows when it is asked."""
    url = parse_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise WorkspaceNotFoundError(workspace, place_of(url))


@asynccontextmanager
async def _opened(settings: Settings, lexicon: Lexicon, encoders: "Encoders") -> AsyncIterator[App]:
    await _prepare(settings)
    database = Database(settings.database_url, busy_timeout=timedelta(seconds=settings.busy_timeout))
    try:
        app = assemble(
            database,
            lexicon=lexicon,
            encode=encoders.english,
            model=None if settings.model_dir is None else partial(digest_of, settings.model_dir),
            multilingual=None if encoders.multilingual is None else KeptEncoder(encoders.multilingual, digest),
            author_key=None if settings.author_key is None else settings.author_key.get_secret_value().encode(),
            periods=_periods(settings),
            manners=manners_of(settings),
            fewest_askers=settings.fewest_askers,
            replay_questions=settings.replay_questions,
            labelled=settings.labelled,
            hedged=settings.expired == "hedge",
            domains=settings.link_domains,
            reviewed=settings.reviewed,
        )
        try:
            yield app
        finally:
            await app.knowledge.aclose()
    finally:
        await database.aclose()


@asynccontextmanager
async def _resumed(settings: Settings, lexicon: Lexicon, encoders: "Encoders") -> AsyncIterator[App]:
    async with _opened(settings, lexicon, encoders) as app:
        app.database.resume_erasure()
        yield app


def load_checker(settings: Settings) -> Checker:
    """Return what checks the entries of files; it needs no database."""
    encoders = Encoders.of(settings)
    by_model = {Model.ENGLISH: encoders.english, Model.MULTILINGUAL: encoders.multilingual}
    loaded = {model: encode for model, encode in by_model.items() if encode is not None}
    return Checker(load_lexicon(settings), loaded, settings.link_domains)


def load_lexicon(settings: Settings) -> Lexicon:
    """Return the built-in synonyms, and those of the settings on top."""
    built_in = _built_in_lexicon()
    if settings.synonyms is None:
        return built_in
    name = str(settings.synonyms)
    text, problems = decode(name, settings.synonyms.read_bytes())
    if problems:
        raise InvalidInputError(problems)
    return merge_lexicons(built_in, parse_lexicon(text, name=name))


@cache
def _built_in_lexicon() -> Lexicon:
    folder = files("bot.core.searching")
    lexicon = parse_lexicon(folder.joinpath("english.txt").read_text("utf-8"), name="english.txt")
    return replace(lexicon, dictionary=Dictionary(folder.joinpath("common.txt").read_text("utf-8").split()))


def load_encoder(settings: Settings) -> Encode | None:
    """Return the sentence encoder, opened when it is first used; without one the log tells once why, and it is None."""
    if settings.model_dir is None:
        _log.info("encoder.off")
        return None
    try:
        check_folder(settings.model_dir)
    except EncoderError as error:
        warn_of(error)
        return None
    return TolerantEncoder(partial(Encoder, settings.model_dir))


def load_multilingual(settings: Settings) -> Encode | None:
    """Return the encoder for many languages, opened when it is first used; None where it is not installed or is off."""
    return None if settings.model_dir is None or not is_installed() else TolerantEncoder(MultilingualEncoder)


def _periods(settings: Settings) -> Periods:
    days = (settings.delivery_days, settings.correction_days, settings.retention_days)
    delivery, correction, retention = (timedelta(days=each) for each in days)
    return Periods(delivery=delivery, correction=correction, retention=retention)


async def _prepare(settings: Settings) -> None:
    url = parse_url(settings.database_url)
    embedded = url.get_backend_name() == "sqlite"
    if "database_url" not in settings.model_fields_set:
        _make_folder(Path(str(url.database)))
    try:
        await migration.check(settings.database_url)
    except DatabaseOutdatedError as error:
        if error.current is not None or not embedded:
            raise
        await migration.upgrade(settings.database_url)


def _make_folder(file: Path) -> None:
    """Make the folder of the default file; a missing folder that somebody named is more likely a mistake."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachableError(str(file), str(error)) from error
