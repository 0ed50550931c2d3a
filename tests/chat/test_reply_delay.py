"""Show that a waiting reply hears what is written in its thread, and nothing else."""

import asyncio
from datetime import timedelta

from bot.chat.reply_delay import Waits, comes

LONG, AT_ONCE = timedelta(hours=1), timedelta()


async def test_a_person_in_the_thread_ends_the_wait() -> None:
    waits = Waits()
    with waits.listening("thread") as heard, waits.listening("thread") as also:
        waiting = asyncio.create_task(comes(heard, within=LONG))
        waits.note("thread")

        assert await waiting
        assert await comes(also, within=LONG)


async def test_what_is_written_elsewhere_before_or_afterwards_does_not() -> None:
    waits = Waits()
    waits.note("thread")
    with waits.listening("thread") as heard:
        waits.note("another")
        assert not await comes(heard, within=AT_ONCE)
    waits.note("thread")

    assert not heard.is_set()


async def test_one_who_is_through_keeps_nobody_from_hearing() -> None:
    waits = Waits()
    with waits.listening("thread") as first:
        with waits.listening("thread"):
            pass
        waits.note("thread")

    assert first.is_set()
