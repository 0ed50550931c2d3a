"""Define how tables keep their values, and read the database's clock in the statement itself.

Processes on several machines have clocks that differ. If each went by its own, the one that is ahead would take
a lease of the other for expired that has just started.
"""

import json
import re
import zlib
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Float,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

# What most values hold. A value is read with the very bytes that it was packed with: another choice needs a migration.
_OFTEN = b'",0.00],["",{"explained":0.0,"found":0.1,"said":1.0,"spelling":0.2,"single":0.154902}],["'
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# As the columns have it, to be compared as text: SQLite knows thousandths of a second, and columns millionths.
_FORMAT = "'%Y-%m-%d %H:%M:%f', 'now'"
_SECONDS = "'%+.3f seconds'"


def storable(text: str) -> str:
    """Return the text with U+FFFD for each NUL and lone surrogate, which not every database can hold."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class PlainText(TypeDecorator[str]):
    """Store text of any length in its storable form."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text in its storable form."""
        del dialect
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """Store lists, dicts and plain values, their texts in storable form; as JSONB where there is one."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return JSONB on PostgreSQL, the generic type elsewhere."""
        kind = JSONB if dialect.name == "postgresql" else JSON
        return dialect.type_descriptor(kind(none_as_null=True))

    def process_bind_param(self, value: object, dialect: Dialect) -> object:
        """Return the value with every text in it in storable form."""
        del dialect
        return _storable_values(value)


class PackedJson(TypeDecorator[Any]):
    """Store lists, dicts and plain values that no query looks into, in a third of the size of their JSON."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> bytes | None:
        """Return the value as compressed JSON."""
        del dialect
        if value is None:
            return None
        content = json.dumps(_storable_values(value), ensure_ascii=False, separators=(",", ":")).encode()
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=_OFTEN)
        return packer.compress(content) + packer.flush()

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:  # noqa: ANN401  # any JSON
        """Return the value again."""
        del dialect
        if value is None:
            return None
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_OFTEN)
        return json.loads(unpacker.decompress(value) + unpacker.flush())


def _storable_values(value: object) -> object:
    match value:
        case str():
            return storable(value)
        case dict():
            return {storable(key): _storable_values(item) for key, item in value.items()}
        case list() | tuple():
            return [_storable_values(item) for item in value]
        case _:
            return value


class UtcDateTime(TypeDecorator[datetime]):
    """Store a moment: a time without its zone is refused, and every time comes back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time in UTC, or refuse it."""
        if value is None:
            return None
        if value.utcoffset() is None:
            msg = f"a time without a zone cannot be kept: {value.isoformat()}"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time with its zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.replace(tzinfo=UTC)


# One width for all, so that a new word needs no migration.
Word = Enum(StrEnum, native_enum=False, length=16, values_callable=lambda words: [word.value for word in words])


class Table(DeclarativeBase):
    """What all tables share: names for constraints, and the column type of each Python type."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: PlainText,
        datetime: UtcDateTime,
        StrEnum: Word,
        list[Any]: Json,
        dict[str, Any]: Json,
    }


class _Now(FunctionElement[datetime]):
    name = "faqbot_now"
    type = UtcDateTime()
    inherit_cache = True


class _FromNow(FunctionElement[datetime]):
    name = "faqbot_from_now"
    type = UtcDateTime()
    inherit_cache = True


def now() -> ColumnElement[datetime]:
    """Return the time at which a statement begins, for comparing columns with it."""
    return _Now()


def from_now(wait: timedelta) -> ColumnElement[datetime]:
    """Return the time after a wait that begins now."""
    return _FromNow(bindparam(None, wait.total_seconds(), Float))


def from_now_in(name: str) -> ColumnElement[datetime]:
    """Return the same for a statement that is made once, and gets the seconds as a parameter of this name."""
    seconds: BindParameter[float] = bindparam(name, type_=Float)
    return _FromNow(seconds)


@compiles(_Now, "sqlite")
def _now_of_file(_element: _Now, _compiler: SQLCompiler, **_kw: Any) -> str:  # noqa: ANN401  # as SQLAlchemy has it
    return f"(strftime({_FORMAT}) || '000')"


@compiles(_Now, "postgresql")
def _now_of_server(_element: _Now, _compiler: SQLCompiler, **_kw: Any) -> str:  # noqa: ANN401  # as SQLAlchemy has it
    # Alone it may differ from row to row, so no index could serve a comparison with it.
    return "(SELECT clock_timestamp())"


@compiles(_FromNow, "sqlite")
def _from_now_of_file(element: _FromNow, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  # as SQLAlchemy has it
    seconds = compiler.process(element.clauses, **kw)
    return f"(strftime({_FORMAT}, printf({_SECONDS}, {seconds})) || '000')"


@compiles(_FromNow, "postgresql")
def _from_now_of_server(element: _FromNow, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  # as SQLAlchemy has it
    return f"(clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **kw)}))"
