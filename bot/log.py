"""Set up the log: one line per event on stderr, and never a question, a contact or a secret in it."""

import logging
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from enum import Enum
from pathlib import PurePath
from typing import Literal, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.core.redaction import redact
from bot.service.trace import TRACE

Format = Literal["auto", "text", "json"]
Level = Literal["debug", "info", "warning", "error"]

NOT_LOGGED = "[not logged]"
_WITHHELD = frozenset(
    {"text", "question", "message", "content", "body", "payload", "query", "prompt", "answer", "phrase"}
)
_WITHHELD |= {"alias", "params", "parameters", "positional_args", "password", "token", "secret", "authorization"}
_WITHHELD |= {"database_url"}
_WITHHELD_ENDINGS = ("_text", "_password", "_token", "_secret")

_SHOWN = (str, date, timedelta, UUID, PurePath, Enum, BaseException)  # of anything else only the type: it may hold text
_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_MULTI_LINE = frozenset({"exception", "stack"})
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_CONTROL_BUT_LINES = {code: shown for code, shown in _CONTROL.items() if chr(code) not in "\n\t"}
# Database errors quote rows and parameters, which are what people wrote.
_QUOTED_ROW = re.compile(
    r"(DETAIL:|\[parameters:).*?(?=\n\[SQL:|\n\(Background on|\n\nThe above exception|\n\nDuring handling|\Z)",
    re.DOTALL,
)

_OURS = frozenset({"bot", "__main__"})
_LOST = "lost"  # marks our own word for a line of a library that could not be written
_EXTRAS = structlog.stdlib.ExtraAdder()
_DATA = re.compile(r"[({\[<:='\"%\n]|\d")  # what comes after these a library may have read somewhere
_LEAST_ID = 10**9
_ADDRESS = re.compile(r"\b(https?|wss?)://([^/\s?#'\")>]+)[^\s'\")>]*")
# What follows in such an address allows its owner to answer in our name.
_WITHOUT_PATH = rf"\1://\2/{NOT_LOGGED}"


def configure(*, log_format: Format = "auto", log_level: Level = "warning", stream: TextIO | None = None) -> None:
    """Send all log lines of the process, those of libraries too, through one pipeline to stderr.

    Libraries say how they are getting on at debug level only, and never more than that.
    """
    stream = stream or sys.stderr
    as_text = log_format == "text" or (log_format == "auto" and stream.isatty())
    level = logging.getLevelNamesMapping()[log_level.upper()]
    lines = _Lines(stream)
    lines.setFormatter(_formatter(_renderer(stream, as_text=as_text)))
    root = logging.getLogger()
    root.handlers[:] = [lines]
    # Below info, libraries print whole messages.
    root.setLevel(logging.INFO if log_level == "debug" else max(level, logging.WARNING))
    logging.getLogger("bot").setLevel(level)
    logging.getLogger("alembic").setLevel(max(level, logging.WARNING))  # it tells at every start what it is
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_FIRST, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _add_trace(_logger: object, _method: str, event: EventDict) -> EventDict:
    trace = TRACE.get()
    return event if trace is None else {**event, "trace": trace}


_FIRST: tuple[Processor, ...] = (
    _add_trace,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
)


def _say_little(logger: logging.Logger, method: str, event: EventDict) -> EventDict:
    """Return the event of a library without what the library put into its words: bodies, names, ids, addresses.

    Libraries write whole requests into their messages, some at warning level. Of a message with arguments the small
    numbers stay, of any other one its beginning, up to where data may come.
    """
    record: logging.LogRecord = event["_record"]
    given = event.pop("positional_args", ())
    if record.name.partition(".")[0] in _OURS or hasattr(record, _LOST):
        return _EXTRAS(logger, method, event)
    return {**event, "event": _said(str(record.msg), given)}


def _said(template: str, given: object) -> str:
    if isinstance(given, tuple) and given:
        with suppress(TypeError, ValueError):
            return template % tuple(map(_argument, given))
    return _DATA.split(template, maxsplit=1)[0].strip() or NOT_LOGGED


def _argument(value: object) -> object:
    is_small = isinstance(value, float) or (isinstance(value, int) and abs(value) < _LEAST_ID)
    return value if is_small else NOT_LOGGED


def _formatter(renderer: Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_FIRST, _say_little],
        pass_foreign_args=True,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            clean,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
    )


def _renderer(stream: TextIO, *, as_text: bool) -> Processor:
    if as_text:
        plain = structlog.dev.plain_traceback  # the pretty ones print variables
        return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)
    return structlog.processors.JSONRenderer()


def clean(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Return the event without what people wrote, and without anything that redaction finds."""
    return {key: _clean(key, value) for key, value in event.items()}


def _clean(key: str, value: object) -> object:
    if key in _WITHHELD or key.endswith(_WITHHELD_ENDINGS):
        return NOT_LOGGED
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): _clean(str(name), item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(key, item) for item in value]
    if not isinstance(value, _SHOWN):
        return f"<{type(value).__name__}>"
    return _clean_text(key, f"{type(value).__name__}: {value}" if isinstance(value, BaseException) else str(value))


def _clean_text(key: str, text: str) -> str:
    if key.endswith("_id") and _ID.fullmatch(text):
        return text  # a long number is not a card here
    if key in _MULTI_LINE:
        text = _ADDRESS.sub(_WITHOUT_PATH, text)
    text = redact(_QUOTED_ROW.sub(rf"\1 {NOT_LOGGED}", text)).text
    return text.translate(_CONTROL_BUT_LINES if key in _MULTI_LINE else _CONTROL)


class _Lines(logging.StreamHandler[TextIO]):
    """Write lines; when one cannot be written, tell so without its arguments, which the standard library would show."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the standard library's name
        """Write which logger lost a line, and why."""
        error = type(sys.exception()).__name__
        lost = {
            "name": record.name,
            "levelname": "ERROR",
            "levelno": logging.ERROR,
            "msg": "log.line_lost",
            _LOST: error,
        }
        with suppress(OSError, ValueError):  # it may be the stream that is broken
            self.stream.write(f"{self.format(logging.makeLogRecord(lost))}\n")
