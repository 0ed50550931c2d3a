"""Ask thousands of questions while everything goes wrong, and count what is lost and what comes twice.

    python -m bench.chaos --database sqlite|postgres [--questions 2000] [--rate 10] [--seed 11] [--short] [--calm]
        [--limits] [--away SECONDS] [--locked SECONDS] [--within 60] [--patience 180] [--folder FOLDER]

The bot runs as `faqbot run`, in Slack and on Discord at once: one process on SQLite, two on a PostgreSQL server of the
run's own. This process stands for both platforms (`slack_side.py`, `discord_side.py`), each with a dozen channels.
A fifth of what is asked comes twice, up to 20 s later; Slack's envelopes are shared among the sockets and sent again
when they are not acknowledged within 3 s. Meanwhile calls are refused with 429 and 503 and cut before or after their
work, sockets and sessions are lost, a process is killed about every 7 s and started again, and the database is away
once and locked once: 20 s and 40 s of a full run, less of a smaller one. A moderator answers some questions at the
terminal, and all who asked are to be told.

Counted are the messages in the threads of the loopbacks; the log alone is read from the database. It ends with 0 only
when every question is logged once and answered once, every later answer is told once, and the backlog is gone
`--within` seconds of the last fault. The random choices depend on the seed, not what the machine makes of them.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from bench.chaos.plan import SHORT, Plan
from bench.chaos.report import printed
from bench.chaos.run import prepared

_FULL = 200.0
_SHORTEST_AWAY, _AWAY = 6.0, 20.0
# Longer than the bot waits for a lock.
_SHORTEST_LOCKED, _LOCKED = 12.0, 40.0


def plan_of(given: argparse.Namespace) -> Plan:
    """Return the size of the run that was asked for."""
    if given.short:
        return replace(SHORT, seed=given.seed, within=given.within, limits=given.limits, calm=given.calm)
    share = min(1.0, given.questions / given.rate / _FULL)
    return Plan(
        questions=given.questions,
        rate=given.rate,
        seed=given.seed,
        away=max(_SHORTEST_AWAY, _AWAY * share) if given.away is None else given.away,
        locked=max(_SHORTEST_LOCKED, _LOCKED * share) if given.locked is None else given.locked,
        patience=given.patience,
        within=given.within,
        limits=given.limits,
        calm=given.calm,
    )


async def chaos(plan: Plan, database: str, folder: Path) -> bool:
    """Run once, and return whether nothing was wrong; SIGTERM ends it as Ctrl-C does."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # it is running
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with prepared(plan, database, folder) as run:
        try:
            async with asyncio.timeout(plan.deadline):
                await run.go()
        except TimeoutError:
            run.journal.tell("broken off: it took too long")
        for bot in run.bots:
            await bot.stop()
        return await printed(run, database)


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), required=True)
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--short", action="store_true", help="200 questions and some of each fault, in about a minute")
    parser.add_argument("--calm", action="store_true", help="let nothing go wrong, though messages come twice")
    parser.add_argument("--limits", action="store_true", help="Slack takes one message a second and channel")
    parser.add_argument("--away", type=float)
    parser.add_argument("--locked", type=float)
    parser.add_argument("--within", type=float, default=60.0)
    parser.add_argument("--patience", type=float, default=180.0)
    parser.add_argument("--folder", type=Path, help="where the logs of the bot are left")
    given = parser.parse_args(arguments)
    folder = given.folder or Path(mkdtemp(prefix="faqbot-chaos-"))
    print(f"seed {given.seed}, {given.database}, in {folder}", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        passed = asyncio.run(chaos(plan_of(given), given.database, folder))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("broken off", file=sys.stderr)
        return 130
    if not passed:
        return 1
    if given.folder is None:
        rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
