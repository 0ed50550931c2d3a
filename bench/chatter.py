"""Play made-up channel life to the bot, and print to whom it spoke, before and after.

    python -m bench.chatter [--on slack|discord] [--before 32ba2fd] [--words] [--all]

The 504 lines of `bench/chatter.txt` were written and labelled before any of them was played. Each is sent, over the
Slack or the Discord of the tests, to a bot in a process of its own that listens in all channels, with the FAQ that
ships. `--before` plays them to a commit too, by its own code, with the same entries, and without their answers in other
languages.

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
from bench.stages import BOT, STAGES, Stage, Where
from bot.core.models import Entry

LINES = Path(__file__).parent / "chatter.txt"
HELPER = "helen"
NO_ENTRY, EITHER = "?", "*"
RIGHTLY, SAID_ELSE, UNASKED = "spoke rightly", "said another thing", "spoke where nobody asked"
SILENT = "silent where it had an answer"
PAUSE, AT_ONCE = 30, 2
# Seconds without a call of the bot after which it is taken to be through with a message.
_QUIET = 0.4
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
    id: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def root_id(self) -> str | None:
        """Return the id of the message that its thread began with, None where it stands in no thread."""
        return None if self.root is None else self.root.id

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


async def play(stage: Stage, played: Sequence[Line]) -> None:
    """Write all lines, and note what the bot says to each."""
    at = time.time() - len(played) * PAUSE
    begun: dict[str, Line] = {}
    seen: dict[str, str] = {}
    for line in played:
        at += AT_ONCE if line.goes_on else PAUSE
        line.id = await stage.write(line.who, line.text, Where(line.channel, at, line.root_id), to=line.to)
        begun.setdefault(line.root_id or line.id, line.root or line)
        await idle(stage)
        for one in stage.said():
            if seen.get(one.id) != one.text:
                # A late reply is that to the message it stands below; of an edited one the last words count.
                asked = line if one.under in {line.id, line.root_id} else begun[one.under]
                if one.id not in seen or asked.label:
                    asked.said.append(one.text)
                seen[one.id] = one.text


async def idle(stage: Stage) -> None:
    """Wait until the bot has called nothing for a while."""
    calls = -1
    while calls != stage.calls():
        calls = stage.calls()
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
async def bot(place: Path, faq: Path, stage: Stage, settings: Mapping[str, str]) -> AsyncIterator[None]:
    """Run the bot of a checkout as long as the block lasts, on a new store with an FAQ."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(place), "FAQBOT_LOG_LEVEL": "error"}
    command = (sys.executable, "-m", "bot")
    steps = [["faq", "import", str(faq)]]
    steps += [["channels", "set", each, "mode=ambient", "wait_seconds=0"] for each in stage.places]
    for step in steps:
        subprocess.run([*command, *step], check=True, env=environment, cwd=place, stdout=subprocess.DEVNULL)  # noqa: ASYNC221, S603  # nothing else runs; our own interpreter
    process = await asyncio.create_subprocess_exec(*command, "run", stage.platform, env=environment, cwd=place)
    try:
        await stage.connected()
        yield
    finally:
        process.terminate()
        await process.wait()


async def played_to(place: Path, platform: str, more: Mapping[str, str]) -> list[Line]:
    """Play all lines to the bot of a checkout, and return them with what it said."""
    played = lines()
    names = {name for line in played for name in (line.who, line.to) if name and name != BOT}
    channels = tuple(dict.fromkeys(line.channel for line in played))
    with TemporaryDirectory(prefix="faqbot-bench-") as folder:
        async with STAGES[platform](sorted(names), channels, HELPER) as stage:
            settings = {
                "FAQBOT_DATABASE_URL": f"sqlite:///{folder}/faq.db",
                "XDG_DATA_HOME": folder,
                **stage.settings,
                **more,
                **(stage.helpers if more else {}),
            }
            async with bot(place, faq_for(place, Path(folder)), stage, settings):
                await play(stage, played)
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
    parser.add_argument("--on", choices=tuple(STAGES), default="slack", help="the platform")
    parser.add_argument("--before", metavar="COMMIT", help="play to this commit as well")
    parser.add_argument("--words", action="store_true", help="without the encoder, which early commits do not bring")
    parser.add_argument("--all", action="store_true", help="print what is right as well")
    given = parser.parse_args()
    words = {"FAQBOT_MODEL_DIR": "off"} if given.words else {}
    limits = {name: value for name, value in OFF.items() if name != "FAQBOT_BURST_SECONDS"}
    with ExitStack() as stack:
        if given.before:
            place = stack.enter_context(checkout(given.before))
            tell(given.before, asyncio.run(played_to(place, given.on, {})), every=given.all)
        now = {**words, **limits, "FAQBOT_HELPER_MINUTES": "0"}
        tell("this checkout", asyncio.run(played_to(ROOT, given.on, now)), every=given.all)


if __name__ == "__main__":
    main()
