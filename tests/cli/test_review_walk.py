"""`faqbot review`, item by item, with single keys."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.review_walk import Walk
from bot.cli.session import Session, opened
from bot.cli.terminal import Terminal
from bot.config import Settings
from bot.core.models import Entry, ItemStatus
from bot.core.review import ReviewItem
from bot.store.records import ItemFilter
from tests.cli.commands import Commands, FillOnce, environment

GAPS = ("do you sell umbrellas?", "museum opening hours?", "is there a lost property office?")


class Typist:
    """Press these keys, and type these lines when asked for one; then quit."""

    def __init__(self, *steps: str) -> None:
        self.steps = list(steps)
        self.edited: str | None = None

    def key(self) -> str:
        """Return the next key."""
        return self.steps.pop(0) if self.steps else "q"

    def drop_typed_ahead(self) -> None:
        """Drop nothing: what is typed here waits to be read."""

    def line(self, prompt: str) -> str:
        """Return the next line."""
        assert prompt
        return self.steps.pop(0)

    def edit(self, text: str) -> str | None:
        """Return what was written in the editor."""
        assert text == ""
        return self.edited


@pytest.fixture
def session(faqbot: Commands, fill_once: FillOnce) -> Iterator[Session]:
    """Return a bot with three open items, R1 to R3."""
    fill_once("gaps", lambda: [faqbot("ask", gap) for gap in GAPS])
    with opened(Settings(database_url=faqbot.database)) as session:
        yield session


def walked(session: Session, *steps: str, agree: bool = True) -> Typist:
    """Press keys and type lines."""
    typist = Typist(*steps)
    Walk(session, Terminal(), typist, actor="console:ann", agree=lambda _: agree).go()
    assert typist.steps == []
    return typist


def items(session: Session) -> dict[str, ReviewItem]:
    """Return all items."""
    found = session.run(session.app.review.list(ItemFilter(status=None)))
    return {item.id: item for item in found}


def states(session: Session) -> dict[str, ItemStatus]:
    """Return the status of all items."""
    return {name: item.status for name, item in sorted(items(session).items())}


def entry(session: Session, entry_id: str) -> Entry:
    """Return an entry."""
    return session.run(session.app.catalogue.show(entry_id)).entry


OPEN, DISMISSED = ItemStatus.OPEN, ItemStatus.DISMISSED


@pytest.mark.slow
def test_an_item_is_answered_and_the_next_one_is_shown(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    first = session.run(session.app.review.list())[0]
    walked(session, "a", "Ask at the desk.", "")

    assert states(session)[first.id] is ItemStatus.ANSWERED
    resolution = items(session)[first.id].resolution
    assert resolution is not None
    assert (resolution.actor, entry(session, resolution.entry_id or "").answer) == ("console:ann", "Ask at the desk.")
    out = capsys.readouterr().out
    assert all(f"question     {gap}\n" in out for gap in (first.text, session.run(session.app.review.list())[0].text))
    assert out.endswith("2 left for another time.\n")


def test_a_better_question_and_an_answer_from_the_editor(session: Session) -> None:
    typist = Typist("e", "Better words?")
    typist.edited = "Two\n\nparagraphs.\n"
    Walk(session, Terminal(), typist, actor="console:ann", agree=lambda _: True).go()

    assert entry(session, "better-words").answer == "Two\n\nparagraphs."


@pytest.mark.parametrize(
    "steps", [("a", ""), ("e",), ("l", ""), ("d", "x"), ("m", ""), ("s", ""), ("u",), ("x",), ("?",)]
)
def test_whoever_changes_their_mind_changes_nothing(session: Session, steps: tuple[str, ...]) -> None:
    before = items(session)
    walked(session, *steps)
    assert items(session) == before


def test_whoever_does_not_agree_to_what_a_change_does_changes_nothing(session: Session) -> None:
    before = items(session)
    walked(session, "a", "Ask.", "", "l", "withdrawal-fees", "1", agree=False)
    assert items(session) == before


def test_an_item_is_linked_by_number_by_id_and_by_words(session: Session) -> None:
    nearest = session.run(session.app.review.show("R3")).item.nearest[0].entry_id
    walked(session, "1", "l", "freeze-web", "l", "cost of a withdrawal", "1")

    linked = {item.text: item.resolution.entry_id for item in items(session).values() if item.resolution}
    assert list(linked.values()).count("freeze-web") >= 1
    assert linked[GAPS[0]] == "withdrawal-fees"
    assert linked[GAPS[2]] == nearest


def test_only_the_wordings_that_were_chosen_become_aliases(session: Session) -> None:
    session.run(session.app.review.merge("R1", "R2", actor="x"))
    wordings = session.run(session.app.review.show("R2")).item.wordings
    walked(session, "l", "freeze-web", "2 9 z")
    assert entry(session, "freeze-web").aliases == (wordings[1],)


@pytest.mark.slow
def test_a_dismissal_needs_a_reason_and_is_undone(session: Session) -> None:
    walked(session, "d", "t", "d", "s", "u")
    assert sorted(states(session).values()) == [DISMISSED, OPEN, OPEN]
    walked(session, "d", "o", "d", "o")
    assert set(states(session).values()) == {DISMISSED}


def test_undo_goes_back_to_the_item(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    first = session.run(session.app.review.list())[0]
    walked(session, "l", "freeze-web", "u")
    assert entry(session, "freeze-web").aliases == ()
    out = capsys.readouterr().out
    assert out.count(f"question     {first.text}\n") == 2


@pytest.mark.slow
def test_items_are_merged_split_given_away_and_put_off(session: Session) -> None:
    order = [item.id for item in session.run(session.app.review.list())]
    walked(session, "m", order[1], "g", "s", items(session)[order[0]].questions[0].id, "z")
    found = items(session)
    assert found[order[0]].status is ItemStatus.MERGED
    assert (found[order[1]].assignee, found[order[1]].status) == ("console:ann", ItemStatus.SNOOZED)
    assert found["R4"].count == 1


@pytest.mark.slow
def test_what_is_refused_is_said_and_the_walk_goes_on(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    walked(session, "m", "R99", "l", "staff-approvals", "d", "s")
    assert list(states(session).values()).count(DISMISSED) == 1
    err = capsys.readouterr().err
    assert "the review has no item 'R99'" in err
    assert "'staff-approvals' cannot answer" in err


def test_what_somebody_else_closed_meanwhile_is_passed_over(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    second = session.run(session.app.review.list())[1].id

    class Meddler(Typist):
        def key(self) -> str:
            if len(self.steps) == 3:
                session.run(session.app.review.link(second, "freeze-web", actor="console:bob"))
            return super().key()

    Walk(session, Terminal(), Meddler("n", "d", "s"), actor="console:ann", agree=lambda _: True).go()
    assert f"{second}: linked by console:bob on 20" in capsys.readouterr().err


def test_it_needs_a_terminal(faqbot: Commands) -> None:
    result = faqbot("review")
    assert (result.code, result.out) == (2, "")
    assert result.err == "faqbot review: it needs a terminal; for scripts there are commands: faqbot review --help\n"


def test_nothing_to_review(faqbot: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(Settings(database_url=faqbot.database)) as session:
        walked(session)
    assert capsys.readouterr().out == "No open questions.\n"


@pytest.mark.slow
def test_single_keys_at_a_real_terminal(faqbot: Commands, folder: Path) -> None:
    faqbot("ask", GAPS[0])
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "bot", "--database", faqbot.database, "review"],
        cwd=folder,
        env=environment(TERM="dumb", COLUMNS="100"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = read_until(ours, "nearest ")
    os.write(ours, b"d")
    seen += read_until(ours, "Why")
    os.write(ours, b"o")
    seen += read_until(ours, "left")
    assert process.wait(timeout=30) == 0
    os.close(ours)
    assert re.search(r"R1 is dismissed, other\.\s+No open questions are left", seen)


def read_until(terminal: int, text: str) -> str:
    """Return what a program prints, up to a text."""
    seen = ""
    while text not in seen:
        seen += os.read(terminal, 4096).decode()
    return seen
