"""Provide tests of the command line with a store of a few entries, and a way to run commands on it."""

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from tests.cli.commands import Commands, FillOnce, spawn

FAQ = """\
- id: freeze-app
  question: How do I freeze my account in the app?
  answer: |
    1. Open **Profile > Security**.
    2. Tap [red]Freeze[/red] :warning:.
  staff_note: Only the member may do it.
  category: Account
- id: freeze-web
  question: How do I freeze my account on the website?
  answer: Log in and open the menu.
  category: Account
- id: withdrawal-fees
  question: What are the fees for a withdrawal?
  aliases: [wd fee, how much is a withdrawal]
  answer: See the list of fees.
  source:
    title: Fees
    url: https://example.com/fees
    updated: 2026-04-24
    views: 12345
- id: staff-approvals
  question: Who approves manual payouts?
  answer: Two people of the payments team.
  audience: internal
"""


@pytest.fixture(autouse=True)
def _own_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Restore what a command sets up for its process: the log, and the hook for uncaught errors."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("bot").setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working directory in an environment without settings."""
    for name in os.environ:
        if name.upper().startswith("FAQBOT_") and not name.startswith("FAQBOT_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("FAQBOT_MODEL_DIR", "off")
    monkeypatch.setenv("USER", "ann")
    monkeypatch.setenv("LOGNAME", "ann")
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)
    return working


@pytest.fixture
def faq_file(folder: Path) -> Path:
    """Return a file with a few entries."""
    path = folder / "faq.yaml"
    path.write_text(FAQ, encoding="utf-8")
    return path


@pytest.fixture
def empty(capsys: pytest.CaptureFixture[str], sqlite_url: str) -> Commands:
    """Return the commands on a store without entries."""
    return Commands(capsys, sqlite_url)


@pytest.fixture(scope="session")
def filled_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the entries, to copy."""
    folder = tmp_path_factory.mktemp("filled")
    path, faq = folder / "faq.db", folder / "faq.yaml"
    shutil.copyfile(sqlite_template, path)
    faq.write_text(FAQ, encoding="utf-8")
    done = spawn("--database", f"sqlite:///{path}", "faq", "import", str(faq), cwd=folder, variables={"USER": "ann"})
    assert done.code == 0, done.err
    return path


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of stores that commands have filled."""
    return tmp_path_factory.mktemp("stores")


@pytest.fixture
def fill_once(stores: Path, tmp_path: Path) -> FillOnce:
    """Return what fills the store of a test: by commands when it is the first to want it so, then by a copy."""

    def fill_once(name: str, fill: Callable[[], object]) -> None:
        store, kept = tmp_path / "faq.db", stores / f"{name}.db"
        if kept.exists():
            shutil.copyfile(kept, store)
            return
        fill()
        shutil.copyfile(store, kept)

    return fill_once


@pytest.fixture
def faqbot(empty: Commands, faq_file: Path, filled_template: Path, tmp_path: Path) -> Commands:
    """Return the commands on a store with the entries of the file, which is in the working directory too."""
    shutil.copyfile(filled_template, tmp_path / "faq.db")
    return empty


@pytest.fixture
def synced(empty: Commands, folder: Path) -> Commands:
    """Return the commands on a store with two entries that people added, and their folder."""
    for number, category in (("one", "Bread"), ("two", "Cake")):
        question = ("--question", f"Where is number {number}?", "--answer", "Here.", "--category", category)
        empty("faq", "add", "--id", number, *question, "--yes")
    assert empty("faq", "sync", "faq").out == "2 entries written: 2 files in faq\n"
    (folder / "faq" / "README.md").write_text("How we write.\n", "utf-8")
    return empty


def put(path: Path, old: str, new: str) -> None:
    """Replace some text of a file, whose line ends stay."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())
