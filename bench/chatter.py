"""Play made-up channel life to the bot, and print to whom it spoke, before and after.

    python -m bench.chatter [--before 32ba2fd] [--words] [--all]

The 504 lines of `bench/chatter.txt` were written and labelled before any of them was played. Each is sent, over the
Slack of the tests, to a bot in a process of its own that listens in all channels, with the FAQ that ships. `--before`
plays them to a commit too, by its own code, with the same entries, and without their answers in other languages.

By their times the lines lie half a minute apart, two seconds where the same person goes on at once. What goes by the
clock of this machine, on which it all takes minutes, is switched off: limits on replies, on repeating an entry, and how
long a helper who wrote in a channel is taken to be there. In a thread a helper stays.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.against import FIELDS, ROOT, checkout
from bench.follow_ups import pack_entries
from bench.limits import OFF
from bot.core.models import Entry
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import BOT_USER, TEAM, Channel, Message

LINES = Path(__file__).parent / "chatter.txt"
BOT, HELPER = "bot", "helen"
NO_ENTRY, EITHER = "?", "*"
RIGHTLY, SAID_ELSE, UNASKED = "spoke rightly", "said another thing", "spoke where nobody asked"
SILENT = "silent where it had an answer"
PAUSE, AT_ONCE = 30, 2
# Seconds without a call of the bot after which it is taken to be through with a message.
_QUIET, _START = 0.4, 60.0
# So many letters of a title or an answer tell it from others.
_TELLING = 40
_SHOWN = 90
_LINE = re.compile(r"(?P<thread>  )?(?P<who>\w+)(?P<on>\+)?(?: @(?P<to>\w+))?: (?P<text>.+?)(?: => (?P<label>\S+))?")


@dataclass
class Line:
    """What somebody wrote, where, to whom, and what answers it; `said` is what the bot said to it."""

    channel: str
    who: str
    text: str
    to: str | None
    label: str | None
    goes_on: bool
    root: "Line | None" = None
    message: Message | None = None
    said: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """Return whether it was right to speak or not to."""
        wanted = frozenset((self.label or "").split("|")) - {""}
        if EITHER in wanted:
            return "either is fine"
        # Unasked, the bot has nothing to say to what the FAQ has no entry for.
        speaks = bool(wanted - {NO_ENTRY}) or (NO_ENTRY in wanted and self.to == BOT)
        if self.said:
            wrongly = SAID_ELSE if wanted else UNASKED
            return RIGHTLY if self.is_right(wanted) else wrongly
        return SILENT if speaks else "silent rightly"

    def is_right(self, wanted: frozenset[str]) -> bool:
        """Return whether what was said is one of the answers, or that there is none."""
        told = [letters(each) for each in self.said]
        rightly = any(shown in each for each in told for name in wanted - {NO_ENTRY} for shown in SHOWN[name])
        return rightly or (NO_ENTRY in wanted and self.to == BOT)


def shown_of(entry: Entry) -> list[str]:
    """Return what tells an entry in a reply: its titles and the beginnings of its answers, letters alone."""
    titles = [entry.question, *(one.question for one in entry.answers if one.question)]
    answers = [entry.answer, *(one.answer for one in entry.answers)]
    return [letters(each)[:_TELLING] for each in (*titles, *answers)]


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


SHOWN = {entry.id: shown_of(entry) for entry in pack_entries()}


def lines() -> list[Line]:
    """Return the lines of the file."""
    found: list[Line] = []
    channel, root = "", None
    for written in LINES.read_text("utf-8").splitlines():
        if written.startswith("#") and " " not in written:
            channel = written.removeprefix("#")
        elif written and not written.startswith("#"):
            parts = _LINE.fullmatch(written)
            assert parts is not None, written  # noqa: S101  # a benchmark may stop
            line = Line(channel, parts["who"], parts["text"], parts["to"], parts["label"], parts["on"] is not None)
            line.root = root if parts["thread"] else None
            root = root if parts["thread"] else line
            found.append(line)
    return found


class Times:
    """The times of messages: those of people lie apart as they would, and end now."""

    def __init__(self, many: int) -> None:
        self.at = time.time() - many * PAUSE
        self._number = 0

    def __call__(self) -> str:
        """Return the time of a new message; no two are the same."""
        self._number += 1
        return f"{int(self.at)}.{self._number:06d}"


async def play(
    slack: Slack, played: Sequence[Line], channels: Mapping[str, Channel], people: Mapping[str, Member]
) -> None:
    """Write all lines, and note what the bot says to each."""
    times = Times(len(played))
    begun: dict[str, Line] = {}
    seen: dict[str, str] = {}
    slack.space.ts = times  # type: ignore[method-assign]  # the times of a day in minutes
    for line in played:
        times.at += AT_ONCE if line.goes_on else PAUSE
        calls = (
            {BOT: f"<@{BOT_USER}> ", None: ""}.get(line.to) if line.to in {BOT, None} else f"<@{people[line.to].id}> "
        )
        root = line.root.message if line.root is not None else None
        line.message = await people[line.who].says(channels[line.channel], f"{calls}{line.text}", thread=root)
        begun.setdefault((line.root or line).message.ts, line.root or line)  # type: ignore[union-attr]  # it is written
        await idle(slack)
        for one in slack.visible():
            if seen.get(one.ts) != one.text:
                # A late reply is that to the message it stands below; of an edited one the last words count.
                asked = line if one.thread_ts in {line.message.ts, root and root.ts} else begun[one.thread_ts or ""]
                if one.ts not in seen or asked.label:
                    asked.said.append(f"{one.text} {one.blocks}")
                seen[one.ts] = one.text


async def idle(slack: Slack) -> None:
    """Wait until the bot has called nothing for a while."""
    calls = -1
    while calls != len(slack.calls):
        calls = len(slack.calls)
        await asyncio.sleep(_QUIET)


def faq_for(place: Path, folder: Path) -> Path:
    """Return the FAQ of this checkout, for another one without the answers in further languages."""
    if place == ROOT:
        return ROOT / "faq_data"
    rows = [
        json.dumps({name: getattr(each, name) for name in FIELDS if getattr(each, name)}) for each in pack_entries()
    ]
    written = folder / "faq.yaml"
    written.write_text(f"[{', '.join(rows)}]", "utf-8")
    return written


@asynccontextmanager
async def bot(
    place: Path, faq: Path, slack: Slack, settings: Mapping[str, str], channels: Sequence[str]
) -> AsyncIterator[None]:
    """Run the bot of a checkout as long as the block lasts, on a new store with an FAQ."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(place), "FAQBOT_LOG_LEVEL": "error"}
    command = (sys.executable, "-m", "bot")
    steps = [["faq", "import", str(faq)]]
    steps += [["channels", "set", f"slack/{TEAM}/{each}", "mode=ambient", "wait_seconds=0"] for each in channels]
    for step in steps:
        subprocess.run([*command, *step], check=True, env=environment, cwd=place, stdout=subprocess.DEVNULL)  # noqa: ASYNC221, S603  # nothing else runs; our own interpreter
    process = await asyncio.create_subprocess_exec(*command, "run", "slack", env=environment, cwd=place)
    try:
        await slack.watch.until(lambda: bool(slack.sockets.open), lambda: "the bot to connect", timeout=_START)
        yield
    finally:
        process.terminate()
        await process.wait()


async def played_to(place: Path, more: Mapping[str, str]) -> list[Line]:
    """Play all lines to the bot of a checkout, and return them with what it said."""
    played = lines()
    with TemporaryDirectory(prefix="faqbot-bench-") as folder:
        async with running_slack() as slack:
            people = {
                name: slack.member(name) for line in played for name in (line.who, line.to) if name and name != BOT
            }
            users = [each.user for each in people.values()]
            channels = {
                name: slack.space.channel(name, *users) for name in dict.fromkeys(each.channel for each in played)
            }
            settings = {
                "FAQBOT_DATABASE_URL": f"sqlite:///{folder}/faq.db",
                "XDG_DATA_HOME": folder,
                "FAQBOT_SLACK_BOT_TOKEN": BOT_TOKEN,
                "FAQBOT_SLACK_APP_TOKEN": APP_TOKEN,
                "FAQBOT_SLACK_API_URL": slack.api_url,
                **{name: value.format(helper=people[HELPER].id) for name, value in more.items()},
            }
            async with bot(
                place, faq_for(place, Path(folder)), slack, settings, [each.id for each in channels.values()]
            ):
                await play(slack, played, channels, people)
    return played


def tell(name: str, played: Sequence[Line], *, every: bool) -> None:
    """Print how often the bot was right to speak or not to, and each line where it was not."""
    print(f"== {name}")
    for verdict, count in Counter(line.verdict for line in played).most_common():
        print(f"{count:5} {verdict}")
    for line in played:
        if every or line.verdict in {SAID_ELSE, UNASKED, SILENT}:
            print(f"      {line.verdict}: #{line.channel} {line.who}: {line.text} => {line.label or 'nothing'}")
            for said in line.said:
                print(f"          {said[:_SHOWN]!r}")


def main() -> None:
    """Play, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", metavar="COMMIT", help="play to this commit as well")
    parser.add_argument("--words", action="store_true", help="without the encoder, which early commits do not bring")
    parser.add_argument("--all", action="store_true", help="print what is right as well")
    given = parser.parse_args()
    words = {"FAQBOT_MODEL_DIR": "off"} if given.words else {}
    limits = {name: value for name, value in OFF.items() if name != "FAQBOT_BURST_SECONDS"}
    with ExitStack() as stack:
        if given.before:
            place = stack.enter_context(checkout(given.before))
            tell(given.before, asyncio.run(played_to(place, {})), every=given.all)
        now = {**words, **limits, "FAQBOT_HELPER_MINUTES": "0", "FAQBOT_SLACK_HELPERS": "{helper}"}
        tell("this checkout", asyncio.run(played_to(ROOT, now)), every=given.all)


if __name__ == "__main__":
    main()
