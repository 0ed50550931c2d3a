"""Logging, seen as the lines that come out."""

import asyncio
import io
import json
import logging
import os
import pty
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pydantic
import pytest
import structlog

from bot import log
from bot.config import Settings
from bot.core.models import MessageRef, Question, Surface
from bot.log import configure
from bot.service.trace import traced

Lines = Callable[[], list[dict[str, Any]]]
SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Put the logging of the test run back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("bot").setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.fixture
def lines() -> Lines:
    """Return a call that gives the lines logged so far, read back from JSON."""
    stream = io.StringIO()
    configure(log_format="json", log_level="debug", stream=stream)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def run(code: str, *, stderr: int = subprocess.PIPE) -> str:
    """Run a program that logs, and return what came out on its stderr."""
    program = "import logging, structlog\nfrom bot import log\n" + textwrap.dedent(code)
    finished = subprocess.run(  # noqa: S603  # the program stands in this file
        [sys.executable, "-c", program], check=True, stderr=stderr, text=True
    )
    return finished.stderr or ""


def test_a_pipe_gets_one_json_object_per_line() -> None:
    output = run("""
        log.configure(log_level="info")
        structlog.get_logger("bot.service").info("Answered", entry_id="E1", confidence=0.9)
        structlog.get_logger("bot.service").debug("not shown")
        logging.getLogger("library").warning("slow: %s ms", 12)
    """)
    first, second = map(json.loads, output.splitlines())
    assert datetime.fromisoformat(first.pop("timestamp")).utcoffset() == timedelta(0)
    assert first == {
        "event": "Answered",
        "entry_id": "E1",
        "confidence": 0.9,
        "level": "info",
        "logger": "bot.service",
    }
    assert (second["event"], second["level"], second["logger"]) == ("slow: 12 ms", "warning", "library")


def test_a_terminal_gets_text_and_only_what_matters() -> None:
    ours, theirs = pty.openpty()
    code = 'log.configure(); structlog.get_logger("bot").warning("Late", by=3); structlog.get_logger("bot").info("no")'
    run(code, stderr=theirs)
    os.close(theirs)
    output = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "Late" in output
    assert "\x1b[" in output
    assert "no" not in output.replace("not", "")
    assert output.count("\n") == 1


def test_text_can_be_asked_for_and_has_no_colours_in_a_pipe() -> None:
    output = run(
        'log.configure(log_format="text", log_level="info"); structlog.get_logger("bot").info("Ready", port=1)'
    )
    assert "\x1b" not in output
    assert "Ready" in output
    assert "port=1" in output
    assert not output.startswith("{")


def test_the_level_is_kept_and_libraries_say_less(lines: Lines) -> None:
    for name in ("bot.service", "library"):
        logging.getLogger(name).debug("chatter")
        logging.getLogger(name).info("news")
    configure(log_level="info", stream=io.StringIO())
    assert logging.getLogger("bot.service").isEnabledFor(logging.INFO)
    assert not logging.getLogger("library").isEnabledFor(logging.INFO)
    configure(log_level="error", stream=io.StringIO())
    assert [(line["logger"], line["event"]) for line in lines()] == [
        ("bot.service", "chatter"),
        ("bot.service", "news"),
        ("library", "news"),
    ]
    assert not logging.getLogger("bot.service").isEnabledFor(logging.WARNING)
    assert not logging.getLogger("library").isEnabledFor(logging.WARNING)


def test_configuring_again_replaces_the_first(lines: Lines) -> None:
    second = io.StringIO()
    configure(log_format="json", log_level="info", stream=second)
    structlog.get_logger("bot").info("once")
    assert lines() == []
    assert second.getvalue().count("once") == 1


async def test_every_line_of_a_question_carries_its_id_and_tasks_do_not_mix(lines: Lines) -> None:
    async def ask(question_id: str) -> None:
        with traced(question_id):
            structlog.get_logger("bot").info("begin", of=question_id)
            await asyncio.sleep(0)
            logging.getLogger("bot.library").info("inside", extra={"of": question_id})
            await asyncio.gather(later(question_id))

    async def later(question_id: str) -> None:
        await asyncio.sleep(0)
        structlog.get_logger("bot").info("end", of=question_id)

    await asyncio.gather(*(ask(f"q{number}") for number in range(5)))
    structlog.get_logger("bot").info("outside", of=None)
    logged = lines()
    assert len(logged) == 16
    assert [line.get("trace") for line in logged] == [line["of"] for line in logged]


def test_an_inner_question_gives_way_to_the_outer_one(lines: Lines) -> None:
    with traced("outer"):
        with traced("inner"):
            structlog.get_logger("bot").info("x")
        structlog.get_logger("bot").info("x")
    structlog.get_logger("bot").info("x")
    assert [line.get("trace") for line in lines()] == ["inner", "outer", None]


@pytest.mark.parametrize(
    "key", ["text", "question", "message", "message_text", "content", "body", "query", "bot_token"]
)
def test_what_people_wrote_is_not_logged_whatever_it_is(lines: Lines, key: str) -> None:
    structlog.get_logger("bot").info("x", **{key: "how do I"}, nested=[{key: "how do I"}])
    logging.getLogger("library").info("x", extra={} if key == "message" else {key: "how do I"})
    assert "how do I" not in str(lines())
    assert lines()[0][key] == log.NOT_LOGGED
    assert lines()[0]["nested"] == [{key: log.NOT_LOGGED}]


def test_arguments_that_were_not_named_are_not_logged(lines: Lines) -> None:
    structlog.get_logger("bot").info("asked", "how do I")
    assert "how do I" not in str(lines())


def test_an_object_shows_its_type_only(lines: Lines) -> None:
    asked = Question(
        text="how do I", ref=MessageRef(platform="p", message_id="1"), author_id="2", surface=Surface.MENTION
    )
    structlog.get_logger("bot").info("x", asked=asked, secret_one=pydantic.SecretStr("hunter2"), raw=b"how do I")
    line = lines()[0]
    assert (line["asked"], line["secret_one"], line["raw"]) == ("<Question>", "<SecretStr>", "<bytes>")


def test_simple_values_are_shown(lines: Lines) -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    structlog.get_logger("bot").info("x", at=moment, path=Path("a/b"), how=Surface.DIRECT, n=1, p=0.5, ok=True, no=None)
    expected = {"at": str(moment), "path": "a/b", "how": "direct", "n": 1, "p": 0.5, "ok": True, "no": None}
    assert expected.items() <= lines()[0].items()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("from bob@example.com", "from [email]"),
        ("card 4111 1111 1111 1111", "card [card]"),
        ("postgresql://bob:hunter2@host/db", "postgresql://[password]@host/db"),
        (f"seed {SEED}", "[seed phrase]"),
        (ValueError(f"token {'xoxb'}-123456789012"), "ValueError: token [key]"),
    ],
)
def test_secrets_are_taken_out_of_every_value(lines: Lines, value: object, shown: str) -> None:
    structlog.get_logger("bot").info(str(value), one=value, many=[value], deep={"x": (value,)})
    logging.getLogger("bot.service").info("%s", value)
    ours, theirs = lines()
    assert (ours["one"], ours["many"], ours["deep"]) == (shown, [shown], {"x": [shown]})
    assert theirs["event"] == shown.removeprefix("ValueError: ")
    assert ours["event"] == theirs["event"]


def test_a_library_says_what_happened_and_nothing_that_it_read(lines: Lines) -> None:
    library = logging.getLogger("library")
    library.info("%s waited %.1f s for %d of %s", "U024BE7LH", 1.5, 3, {"text": "how do I"}, extra={"body": "how do I"})
    library.info("shard %s heard of %s", 2, 175928847299117063)
    library.warning(f"Invalid request (body: {'how do I'})")
    library.error("Failed to receive a message: ValueError, 'how do I'")
    library.error("A task failed\nhow do I")

    assert [line["event"] for line in lines()] == [
        f"{log.NOT_LOGGED} waited 1.5 s for 3 of {log.NOT_LOGGED}",
        f"shard 2 heard of {log.NOT_LOGGED}",
        "Invalid request",
        "Failed to receive a message",
        "A task failed",
    ]
    assert "how do I" not in str(lines())


def test_a_traceback_names_no_address_that_lets_others_answer_for_us(lines: Lines) -> None:
    fault = OSError("not at https://hooks.example.com/commands/T1/secretpath (or wss://x.example/?ticket=secretpath)")
    logging.getLogger("bot").error("failed", exc_info=fault)

    (line,) = lines()
    assert "https://hooks.example.com/" in line["exception"]
    assert "secretpath" not in line["exception"]


def test_an_id_is_kept_even_if_it_could_be_a_card_but_not_if_it_is_no_id(lines: Lines) -> None:
    structlog.get_logger("bot").info("x", message_id="4111111111111111", user_id="bob@example.com, how do I")
    assert lines()[0]["message_id"] == "4111111111111111"
    assert lines()[0]["user_id"] == "[email], how do I"


ROW = "how do\n\nI do this"


class RefusedRowError(Exception):
    """A stand-in for what a database driver says of a row that it refuses."""

    def __init__(self) -> None:
        super().__init__(
            f"null value in column\nDETAIL:  Failing row contains (1, {ROW}).\n[SQL: INSERT INTO questions]\n"
            f"[parameters: ({ROW!r}, 2)]\n(Background on this error at: x)"
        )


class NobodyError(Exception):
    """A stand-in for a message of ours that names a person."""

    def __init__(self) -> None:
        super().__init__("login of bob@example.com")


def insert() -> None:
    """Fail as a database does."""
    raise RefusedRowError


def store() -> None:
    """Fail as a use case does whose statement the database refused."""
    try:
        insert()
    except RefusedRowError as error:
        raise NobodyError from error


def test_a_traceback_shows_the_fault_but_neither_rows_nor_secrets(lines: Lines) -> None:
    try:
        store()
    except NobodyError:
        structlog.get_logger("bot").exception("failed")
        logging.getLogger("library").exception("failed")
    for line in lines():
        shown = line["exception"]
        assert "null value in column" in shown
        assert "[SQL: INSERT INTO questions]" in shown
        assert "NobodyError: login of [email]" in shown
        assert 'File "' in shown
        assert shown.count("\n") > 5
        assert "how do" not in shown
        assert "I do this" not in shown


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_nobody_can_forge_a_line_or_colour_the_terminal(log_format: log.Format) -> None:
    stream = io.StringIO()
    configure(log_format=log_format, log_level="info", stream=stream)
    structlog.get_logger("bot").info("a\nb", name="c\r\n2026 [error] d\x1b[31m\x9b", other="\ud800")
    assert stream.getvalue().count("\n") == 1
    assert "\x1b" not in stream.getvalue()
    assert "\x9b" not in stream.getvalue()


def test_a_line_that_cannot_be_written_is_told_without_its_arguments() -> None:
    output = run("""
        log.configure(log_level="info")
        logging.getLogger("library").warning("%d", "how do I")
        structlog.get_logger("bot").info("next")
    """)
    lost, following = map(json.loads, output.splitlines())
    assert (lost["event"], lost["logger"]) == ("log.line_lost", "library")
    assert following["event"] == "next"


def test_a_broken_stream_does_not_stop_the_bot() -> None:
    stream = io.StringIO()
    configure(log_format="json", log_level="info", stream=stream)
    stream.close()
    structlog.get_logger("bot").info("x")


def test_settings_and_log_know_the_same_words() -> None:
    fields = Settings.model_fields
    assert get_args(fields["log_format"].annotation) == get_args(log.Format)
    level, _ = get_args(fields["log_level"].annotation)
    assert get_args(level) == get_args(log.Level)
