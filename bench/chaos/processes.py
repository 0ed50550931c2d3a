"""Run the bot in processes of its own, kill them, and start them again."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Mapping
from pathlib import Path

from bench.chaos.plan import Journal

ROOT = Path(__file__).resolve().parents[2]
_PAUSE = 0.5
# As supervisors do with a process that ends by itself.
_BACKOFF = 2.0
_END_WITHIN = 20.0


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the bot: default settings but for these."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FAQBOT_")}
    return {**inherited, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder / "data"), **settings}


class Bot:
    """One process of the bot, which is started again whenever it ends."""

    def __init__(self, number: int, folder: Path, settings: Mapping[str, str], journal: Journal) -> None:
        self.number = number
        self.kills = 0
        self.ended_by_itself: list[int] = []
        self.most_memory = 0.0
        self.code: int | None = None
        self._folder = folder
        self._settings = settings
        self._journal = journal
        self._process: Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._killed = False

    @property
    def log(self) -> Path:
        """Return the file that it logs to."""
        return self._folder / f"bot-{self.number}.log"

    def start(self) -> None:
        """Start it, and keep it running."""
        self._watch = asyncio.create_task(self._keep())

    def kill(self) -> None:
        """Kill it without a word, if it runs; it starts again."""
        if self._process is not None and self._process.returncode is None:
            self._journal.fault("kill -9")
            self._journal.tell(f"kill -9 of process {self.number}")
            self.kills += 1
            self._killed = True
            self._process.kill()

    def measure(self) -> None:
        """Record the most memory that it has had."""
        if self._process is None or self._process.returncode is not None:
            return
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        except OSError:  # it has just ended, or this system has no such file
            return
        held = [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
        self.most_memory = max(self.most_memory, *held, 0.0)

    async def stop(self) -> None:
        """Stop it, as an operator does; kill it when it does not end."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            self.code = await asyncio.wait_for(process.wait(), _END_WITHIN)
        except TimeoutError:
            self._journal.tell(f"process {self.number} did not end within {_END_WITHIN:.0f} s")
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _keep(self) -> None:
        while True:
            with self.log.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "bot", "run"),
                    cwd=self._folder,
                    env=environment(self._folder, self._settings),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            code = await self._process.wait()
            if self._killed and code == -signal.SIGKILL:
                self._killed = False
                await asyncio.sleep(_PAUSE)
            else:
                self.ended_by_itself.append(code)
                self._journal.tell(f"process {self.number} ended by itself with {code}")
                await asyncio.sleep(_BACKOFF)


async def command(folder: Path, url: str, *arguments: str) -> tuple[int, str]:
    """Run the bot with a command, and return its exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environment(folder, {"FAQBOT_DATABASE_URL": url}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        start_new_session=True,
    )
    try:
        printed, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, printed.decode()
