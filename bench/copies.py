"""Copy the questions of a log until there are many: each at a time of its own, by another of 5,000 people."""

from sqlalchemy import text

from bot.store import Transaction

PEOPLE, ITEMS = 5_000, 2_000
# What is not copied as it is.
_TIMES_OF_OWN = ("asked_at", "heard_at", "reply_until")
_OWN = ("id", "message_id", "author", "sent_message_id", "reply_state", "review_item_id", *_TIMES_OF_OWN)
_COPY = """
    WITH RECURSIVE copies (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copies WHERE number * :known < :most)
    INSERT INTO questions ({names}, message_id, author, asked_at, sent_message_id, reply_state, review_item_id)
    SELECT {names}, 'm' || number || '.' || id, '{author}' || ((id * 31 + number * 1013) % {people} + 100000), {time},
           's' || number || '.' || id, 'sent',
           CASE WHEN number % 2 = 1 THEN review_item_id WHEN review_item_id IS NOT NULL
                THEN :items + 1 + (number * 7 + id) % {made} END
    FROM questions CROSS JOIN copies ORDER BY number, id LIMIT :rest
"""
_ITEMS = """
    WITH RECURSIVE copies (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copies WHERE number < {made})
    INSERT INTO review_items (kind, audience, status, version, created_at)
    SELECT 'unanswered', 'public', 'open', 1, {now} FROM copies
"""
_AGO = "(:most - number * :known - id) * :apart"
_TIMES = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now', (-abs({ago})) || ' seconds')",
    "postgresql": "now() - abs({ago}) * interval '1 second'",
}
_NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now')", "postgresql": "now()"}


async def copy_questions(tx: Transaction, most: int, *, days: int) -> None:
    """Copy what is in the log until there are so many questions, the last of them of today."""
    kind = tx.get_bind().dialect.name
    rows = await tx.execute(text("SELECT * FROM questions LIMIT 1"))
    names = ", ".join(name for name in rows.keys() if name not in _OWN)  # noqa: SIM118  # of a result, not a dict
    known, items = [await _highest(tx, table) for table in ("questions", "review_items")]
    await tx.execute(text(_ITEMS.format(made=ITEMS, now=_NOW[kind])))
    copy = text(
        _COPY.format(names=names, people=PEOPLE, author="0" * 58, made=ITEMS, time=_TIMES[kind].format(ago=_AGO))
    )
    apart = max(days * 86_400 // most, 1)
    values = {"known": known, "items": items, "most": most, "rest": max(most - known, 0), "apart": apart}
    await tx.execute(copy, values)


async def _highest(tx: Transaction, table: str) -> int:
    highest = await tx.scalar(text(f"SELECT coalesce(max(id), 0) FROM {table}"))  # noqa: S608  # named above
    return int(highest or 0)
