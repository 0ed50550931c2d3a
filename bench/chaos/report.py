"""Print what came out of a run."""

from collections.abc import Iterator
from time import process_time, time

from bench.chaos.counts import Counts, spread
from bench.chaos.plan import key_of
from bench.chaos.run import Run

_WIDTH = 52
_EXAMPLES = 3


async def printed(run: Run, database: str) -> bool:
    """Print the table, and return whether nothing was wrong."""
    counts = await run.counts()
    print(f"\n{database}, seed {run.plan.seed}, {len(run.asked)} questions, {len(run.bots)} processes")
    for name, value in (*_questions(counts), *_times(run, counts), *_processes(run)):
        print(f"  {name:{_WIDTH}}{value}")
    for kind, times in sorted(run.journal.faults.items()):
        print(f"  {'fault: ' + kind:{_WIDTH}}{times}")
    wrong = [*_wrong(run, counts)]
    for line in wrong:
        print(f"  WRONG: {line}")
    print("  nothing lost, nothing twice" if not wrong else f"  FAILED; the logs are in {run.folder}", flush=True)
    return not wrong


def _wrong(run: Run, counts: Counts) -> Iterator[str]:
    if run.calm_at is None or len(run.asked) < run.plan.questions:
        yield f"only {len(run.asked)} of {run.plan.questions} questions were asked"
    yield from counts.wrong()
    if missing := run.plan.topics - len(run.expected):
        yield f"{missing} of {run.plan.topics} topics could not be answered by a moderator"
    for what, seconds in _delays(run, counts):
        if seconds > run.plan.within:
            yield f"{what} only {seconds:.0f} s after the last fault"
    if problems := run.slack.refused():
        yield f"{len(problems)} calls that Slack refuses, such as {problems[:_EXAMPLES]}"


def _questions(counts: Counts) -> Iterator[tuple[str, str]]:
    for name, held in (("logged", counts.logged), ("answered", counts.answered)):
        yield name, spread(held.values())
        for platform in ("slack", "discord"):
            yield f"  {platform}", spread(times for key, times in held.items() if key[0] == platform)
    yield "later answers told", spread(counts.told.values())


def _times(run: Run, counts: Counts) -> Iterator[tuple[str, str]]:
    for name, span in run.troubles.spans.items():
        answered, asked = counts.within(span)
        yield f"while the database was {name}", f"{answered} answered of {asked} asked, in {span[1] - span[0]:.0f} s"
    waits = sorted(
        counts.first_reply[key_of(one)] - one.at for one in counts.asked if key_of(one) in counts.first_reply
    )
    if waits:
        yield "wait for an answer", f"median {max(waits[len(waits) // 2], 0):.1f} s, longest {waits[-1]:.0f} s"
    if run.calm_at is not None and run.gone_at is None:
        yield "backlog", f"not gone {run.plan.patience:.0f} s after the last fault"
    for what, seconds in _delays(run, counts):
        yield what, f"{seconds:.0f} s after the last fault"


def _delays(run: Run, counts: Counts) -> Iterator[tuple[str, float]]:
    """Yield how long after the last fault the backlog was gone, and the later answers were told."""
    if run.calm_at is None:
        return
    if run.gone_at is not None:
        yield "backlog gone", run.gone_at - run.calm_at
    for topic, at in counts.last_told.items():
        # What a moderator answers after the last fault takes its time from there.
        yield f"answer {topic} told", max(0.0, at - max(run.calm_at, run.moderator.answered[topic]))


def _processes(run: Run) -> Iterator[tuple[str, str]]:
    sockets = run.slack.sockets
    yield "taken back (deleted again)", f"slack {run.slack.taken_back()}, discord {run.discord.taken_back()}"
    yield "envelopes of Slack", f"{sockets.sent}, {sockets.again} of them again, {len(sockets.given_up)} given up"
    for bot in run.bots:
        ended = f"ended by itself {len(bot.ended_by_itself)} times {sorted(set(bot.ended_by_itself))}"
        logged = bot.log.read_text("utf-8", "replace") if bot.log.exists() else ""
        traces = f"{logged.count('Traceback (most recent call last)')} tracebacks logged"
        yield f"process {bot.number}", f"{bot.kills} kills, {ended}, at most {bot.most_memory:.0f} MB, {traces}"
    # Where it comes near to the time of the run, the platforms were slow, and not the bot.
    yield "processor time of this process", f"{process_time():.0f} s of {time() - run.journal.began:.0f} s"
