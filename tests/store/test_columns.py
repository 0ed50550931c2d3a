"""Show how times, texts and JSON come back from each kind of database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from bot.store import Database, Transaction, audit
from bot.store.columns import storable
from bot.store.records import AuditRecord
from tests.store.samples import NOW

REPLACED = "\N{REPLACEMENT CHARACTER}"


def record(at: datetime = NOW, **fields: object) -> AuditRecord:
    """Return a line of the audit log, which has all three types of column."""
    return AuditRecord(actor="ann", action="try", object="it", at=at, after=fields)


async def stored(tx: Transaction, line: AuditRecord) -> AuditRecord:
    """Return what is read after a line was written."""
    await audit.append(tx, line)
    await tx.flush()
    tx.expunge_all()
    return (await audit.read(tx, line.object))[-1]


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])
async def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database, zone: timezone) -> None:
    moment = datetime(2026, 3, 1, 1, 2, 3, 456789, tzinfo=zone)
    async with database.transaction() as tx:
        read = (await stored(tx, record(moment))).at

    assert read == moment
    assert read.tzinfo is UTC


async def test_times_of_several_zones_sort_as_moments(database: Database) -> None:
    later = datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=-8)))
    earlier = datetime(2026, 3, 1, 2, tzinfo=UTC)
    async with database.transaction() as tx:
        await audit.append(tx, record(later))
        await audit.append(tx, record(earlier))
        first = (await tx.execute(text("SELECT id FROM audit_log ORDER BY at"))).scalars().all()

    assert first == [2, 1]


async def test_a_time_without_its_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        async with database.transaction() as tx:
            await audit.append(tx, record(datetime(2026, 3, 1)))  # noqa: DTZ001  # which is the point


async def test_what_utf8_cannot_carry_is_replaced(database: Database) -> None:
    line = record(words=["a\0b", {"c\ud800": "\udfff", "d": 1, "e": None}])
    async with database.transaction() as tx:
        read = await stored(tx, line)

    assert read.after == {"words": [f"a{REPLACED}b", {f"c{REPLACED}": REPLACED, "d": 1, "e": None}]}


plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15)
anything = st.text(st.characters(codec=None))
values = st.recursive(plain | anything, lambda inner: st.lists(inner) | st.dictionaries(anything, inner), max_leaves=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(written=anything, value=values)
async def test_any_text_and_json_comes_back_in_storable_form(database: Database, written: str, value: object) -> None:
    line = AuditRecord(actor=written, action="try", object="it", at=NOW, after={"value": value})
    async with database.transaction() as tx:
        read = await stored(tx, line)

    assert read.actor == storable(written)
    assert read.after == {"value": clean(value)}


def clean(value: object) -> object:
    """Return the value with its texts in storable form."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [clean(item) for item in value]
    return {storable(key): clean(item) for key, item in value.items()} if isinstance(value, dict) else value
