"""Read the database's clock in the statement itself: a process may not decide whose lease is over.

Processes on several machines have clocks that differ. If each went by its own, the one that is ahead would take
a lease of the other for expired that has just started.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Float, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.store.columns import UtcDateTime

# As the columns have it, to be compared as text: SQLite knows thousandths of a second, and columns millionths.
_FORMAT = "'%Y-%m-%d %H:%M:%f', 'now'"
_SECONDS = "'%+.3f seconds'"


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
