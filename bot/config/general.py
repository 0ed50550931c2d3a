"""Settings that concern no platform alone."""

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, FilePath, PlainValidator, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, NoDecode

from bot.config.wording import Wording, hours, listed, lower, time_of_week, unless_off
from bot.core.hours import Hours, TimeOfWeek
from bot.core.manners import MONDAY_MORNING
from bot.resources import MODEL


def data_folder() -> Path:
    """Return the folder that is the bot's own when nothing is set."""
    return user_data_path("faqbot", appauthor=False)


def _default_database() -> str:
    return f"sqlite:///{data_folder() / 'faq.db'}"


def _default_spool() -> Path:
    return data_folder() / "spool"


def _shipped_model() -> Path:
    return MODEL


class GeneralSettings(BaseSettings):
    """Where the bot stores things, for how long, and how it logs."""

    database_url: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1),
        Field(
            repr=False,
            description="Where entries and questions are kept: `sqlite:///file.db` or "
            "`postgresql://user@host/database`; `{workspace}` in the name stands for each workspace.",
        ),
        Wording("a URL such as sqlite:///faq.db or postgresql://user@host/database", "`faq.db` in your data directory"),
    ] = Field(default_factory=_default_database)

    spool: Annotated[
        Path,
        Field(
            description="Folder where `faqbot run` keeps which messages it has not seen to yet, while the database "
            "does not answer or after a crash; nothing of what they say."
        ),
        Wording("the path of a folder", "`spool` in your data directory"),
    ] = Field(default_factory=_default_spool)

    open_workspaces: Annotated[
        int,
        Field(
            ge=1, le=100_000, description="Most workspaces to hold in memory; others are loaded when they are asked."
        ),
        Wording("a whole number from 1 to 100000", "`100`"),
    ] = 100

    busy_timeout: Annotated[
        float,
        Field(
            ge=0,
            le=600,
            allow_inf_nan=False,
            description="Seconds to wait for what another process keeps locked in the database.",
        ),
        Wording("a number of seconds from 0 to 600", "`10`"),
    ] = 10.0

    author_key: Annotated[
        SecretStr | None,
        Field(
            min_length=16,
            repr=False,
            description="Key that turns the ids of authors into pseudonyms before they are kept.",
        ),
        Wording("at least 16 characters", "made once and kept in the database"),
    ] = None

    delivery_days: Annotated[
        int,
        Field(ge=1, le=365, description="Days to try to tell people about an answer that came later."),
        Wording("a whole number of days from 1 to 365", "`7`"),
    ] = 7

    correction_days: Annotated[
        int,
        Field(ge=1, le=3650, description="Days back to tell people that an answer they were given has changed."),
        Wording("a whole number of days from 1 to 3650", "`30`"),
    ] = 30

    retention_days: Annotated[
        int,
        Field(ge=1, le=36500, description="Days to keep what people wrote; `faqbot privacy purge` removes the rest."),
        Wording("a whole number of days from 1 to 36500", "`365`"),
    ] = 365

    replies_per_author: Annotated[
        int,
        Field(ge=0, le=10_000, description="Most replies to a person within a minute; 0 for no limit."),
        Wording("a whole number from 0 to 10000", "`6`"),
    ] = 6

    replies_per_channel: Annotated[
        int,
        Field(ge=0, le=10_000, description="Most replies in a channel within a minute; 0 for no limit."),
        Wording("a whole number from 0 to 10000", "`30`"),
    ] = 30

    replies_per_workspace: Annotated[
        int,
        Field(ge=0, le=100_000, description="Most replies in a workspace or server within a minute; 0 for no limit."),
        Wording("a whole number from 0 to 100000", "`120`"),
    ] = 120

    repeat_minutes: Annotated[
        int,
        Field(
            ge=0,
            le=1_440,
            description="Minutes in which an entry is not given twice in a channel; 0 to repeat it each time.",
        ),
        Wording("a whole number of minutes from 0 to 1440", "`10`"),
    ] = 10

    burst_seconds: Annotated[
        float,
        Field(
            ge=0,
            le=120,
            allow_inf_nan=False,
            description="Seconds between messages of one person that are taken for one question; 0 to take each alone.",
        ),
        Wording("a number of seconds from 0 to 120", "`8`"),
    ] = 8.0

    helper_minutes: Annotated[
        int,
        Field(
            ge=0,
            le=1_440,
            description="Minutes in which the bot takes back or marks an answer that a helper gives too; 0 for never.",
        ),
        Wording("a whole number of minutes from 0 to 1440", "`10`"),
    ] = 10

    on_call_hours: Annotated[
        Hours | None,
        NoDecode,
        PlainValidator(hours),
        Field(description="When people are on call; at other times who asks for a human is told when they are back."),
        Wording("hours such as `Mon-Fri 09:00-17:00 Europe/Berlin`", "always"),
    ] = None

    reminder_hours: Annotated[
        int,
        Field(
            ge=0,
            le=8_760,
            description="Hours after which moderators are reminded, once, of who asked for a person; 0 for never.",
        ),
        Wording("a whole number of hours from 0 to 8760", "`24`"),
    ] = 24

    digest: Annotated[
        TimeOfWeek | None,
        NoDecode,
        PlainValidator(time_of_week),
        Field(description="When the review channel gets the digest of the week; `off` for never."),
        Wording("a time of the week such as `Mon 08:00 Europe/Berlin`, or off", f"`{MONDAY_MORNING}`"),
    ] = MONDAY_MORNING

    draft_hours: Annotated[
        int,
        Field(ge=1, le=168, description="Hours for which a draft waits for a moderator before it expires."),
        Wording("a whole number of hours from 1 to 168", "`4`"),
    ] = 4

    fewest_askers: Annotated[
        int,
        Field(
            ge=1,
            le=1_000,
            description="What fewer people than this asked is not quoted in exports, figures and the weekly digest.",
        ),
        Wording("a whole number from 1 to 1000", "`3`"),
    ] = 3

    replay_questions: Annotated[
        int,
        Field(ge=0, le=100_000, description="Most past questions to try a change of entries on before it is made."),
        Wording("a whole number from 0 to 100000", "`1000`"),
    ] = 1_000

    labelled: Annotated[
        FilePath | None,
        Field(
            description="File of more questions to try changes on, with their right entries, as `faqbot eval` reads."
        ),
        Wording("the path of a file that exists", "none"),
    ] = None

    expired: Annotated[
        Literal["withhold", "hedge"],
        BeforeValidator(lower),
        Field(
            description="What becomes of the answer of an entry past its `valid_until`: `withhold` says that nothing "
            "fits, `hedge` gives it below a line that says until when it was meant to hold."
        ),
        Wording("withhold or hedge", "`withhold`"),
    ] = "withhold"

    synonyms: Annotated[
        FilePath | None,
        Field(description="File with synonyms of your own, read after the built-in ones."),
        Wording("the path of a file that exists", "none"),
    ] = None

    model_dir: Annotated[
        Path | None,
        BeforeValidator(unless_off),
        Field(description="Folder of a sentence encoder, with `model.onnx` and `tokenizer.json`; `off` for none."),
        Wording("the path of a folder, or off", "the one that ships with the bot"),
    ] = Field(default_factory=_shipped_model)

    link_domains: Annotated[
        frozenset[str],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Domains that links in answers may lead to, with commas between them; subdomains included."),
        Wording("domains with commas between them", "none: links are shown as text"),
    ] = frozenset()

    caution_categories: Annotated[
        frozenset[Annotated[str, AfterValidator(str.casefold)]],
        NoDecode,
        BeforeValidator(listed),
        Field(description="Categories whose answers say that staff never write first, with commas between them."),
        Wording("names of categories with commas between them", "none"),
    ] = frozenset()

    related: Annotated[
        bool,
        Field(description="Whether up to two related entries are offered under an answer."),
        Wording("true or false", "`True`"),
    ] = True

    flag_links: Annotated[
        bool,
        Field(
            description="Whether moderators are told of links and invitations that others than helpers post where the "
            "bot answered."
        ),
        Wording("true or false", "`True`"),
    ] = True

    log_level: Annotated[
        Literal["debug", "info", "warning", "error"] | None,
        BeforeValidator(lower),
        Field(description="Least important lines to log: `debug`, `info`, `warning` or `error`."),
        Wording("debug, info, warning or error", "`info` for `faqbot run`, else `warning`"),
    ] = None

    log_format: Annotated[
        Literal["auto", "text", "json"],
        BeforeValidator(lower),
        Field(description="How log lines look: `text`, `json`, or `auto`, which is text on a terminal."),
        Wording("auto, text or json", "`auto`"),
    ] = "auto"
