"""How a database would run the statements of a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from bot.store import Transaction


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements with their parameters, as the driver got them."""

    found: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def statements(tx: Transaction) -> Iterator[Statements]:
    """Yield what is run on a transaction in the block."""
    ran = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:  # noqa: ANN401  # of the library
        ran.found.append((statement, parameters))

    pool = tx.get_bind()
    event.listen(pool, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(pool, "before_cursor_execute", note)


async def plans(tx: Transaction, ran: Statements) -> list[str]:
    """Return the steps of all plans in the words of SQLite: SEARCH looks for rows, SCAN reads all there are."""
    connection = await tx.connection()
    lines: list[str] = []
    for statement, parameters in ran.found:
        if statement.startswith("BEGIN"):
            continue
        if tx.get_bind().dialect.name == "postgresql":
            rows = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
            lines += _steps(rows.scalar_one()[0]["Plan"])
        else:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            lines += [row.detail for row in rows]
    return lines


def _steps(plan: dict[str, Any]) -> Iterator[str]:
    index = plan.get("Index Name")
    if index is not None or plan["Node Type"] == "Seq Scan":
        word = "SEARCH" if "Index Cond" in plan else "SCAN"
        yield f"{word} {plan.get('Relation Name')} USING INDEX {index}"
    for below in plan.get("Plans", ()):
        yield from _steps(below)
