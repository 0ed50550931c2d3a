"""Grade decisions: `faqbot grade`."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.failures import refuse
from bot.cli.keyboard import END, read_key
from bot.cli.session import Session, actor, opened, run, settings_of
from bot.cli.terminal import Terminal, interactive, note, one_line, safe
from bot.core.models import Grade
from bot.errors import NothingToGradeError, QuestionNotFoundError
from bot.service.grades import Graded, Ungraded

KEYS = "r the first is right   2-5 that one is   w none of them   s skip   u undo   q quit"
_RIGHT, _WRONG, _SKIP, _UNDO = "r1", "w", "s", "u"


def grade(
    context: typer.Context,
    question_id: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="The id of a question, such as Q12.")
    ] = None,
    given: Annotated[Grade | None, typer.Argument(metavar="right|wrong", help="Of the entry that came first.")] = None,
    *,
    entry_id: Annotated[
        str | None, typer.Option("--entry", metavar="ID", help="With wrong: the entry that is right.")
    ] = None,
) -> None:
    """Grade decisions. Without a question, one after the other."""
    if question_id is None:
        _refuse_blind()
        with opened(settings_of(context)) as session:
            walk(session, Terminal(), read_key)
        return
    if given is None:
        refuse("faqbot grade", f"nothing is said of {one_line(question_id, limit=20)}", "add right or wrong")
    if given is Grade.RIGHT and entry_id is not None:
        refuse("faqbot grade: --entry", "the entry that came first is right already", "leave it out, or say wrong")
    asked = question_id
    if given is Grade.RIGHT:
        graded = run(context, lambda app: app.grades.accept(asked, actor=actor()))
    else:
        graded = run(context, lambda app: app.grades.reject(asked, entry_id=entry_id, actor=actor()))
    Terminal().print(told(graded))


def walk(session: Session, terminal: Console, key: Callable[[], str]) -> None:
    """Show decisions one by one, those that tell most first, and grade them by single keys."""
    waiting = session.run(session.app.grades.waiting())
    if not waiting:
        terminal.print("No decision waits to be graded.")
        return
    terminal.print(KEYS, style="dim")
    done: list[Graded | None] = []
    while len(done) < len(waiting):
        _show(terminal, waiting[len(done)], f"{len(done) + 1}/{len(waiting)}")
        pressed = key()
        if pressed in END:
            break
        _press(session, terminal, pressed, waiting[len(done)], done)
    count = sum(graded is not None for graded in done)
    terminal.print(f"\nGraded: {count}. See what it tells with: faqbot tune")


def told(graded: Graded) -> str:
    """Return in one sentence what is kept of a grade."""
    now, asked = graded.now, graded.question_id
    if now is None:
        return f"{asked} is not graded any more."
    if now.entry_id is None:
        return f"{asked}: no entry was right."
    return f"{asked}: {now.entry_id} was right{', and came first' if now.grade is Grade.RIGHT else ''}."


def _refuse_blind() -> None:
    if not interactive():
        refuse("faqbot grade", "there is no terminal to press keys at", "write: faqbot grade QUESTION right|wrong")


def _press(session: Session, terminal: Console, pressed: str, shown: Ungraded, done: list[Graded | None]) -> None:
    """Do what a key says about the decision that is shown; `done` has what became of those before it."""
    others = [str(place) for place in range(2, len(shown.candidates) + 1)]
    if pressed == _UNDO and done:
        last = done.pop()
        if last is not None:
            terminal.print(told(session.run(session.app.grades.undo(last, actor=actor()))))
    elif pressed == _SKIP:
        done.append(None)
    elif pressed in _RIGHT or pressed == _WRONG or pressed in others:
        done.append(_graded(session, terminal, pressed, shown))
    else:
        note("There is nothing before it." if pressed == _UNDO else KEYS)


def _graded(session: Session, terminal: Console, pressed: str, shown: Ungraded) -> Graded | None:
    """Grade a decision, and say so; None when it has gone meanwhile."""
    grading, asked = session.app.grades, shown.question_id
    entry_id = shown.candidates[int(pressed) - 1].entry_id if pressed.isdecimal() else None
    step = (
        grading.accept(asked, actor=actor())
        if pressed in _RIGHT
        else grading.reject(asked, entry_id=entry_id, actor=actor())
    )
    try:
        graded = session.run(step)
    except (NothingToGradeError, QuestionNotFoundError):
        note(f"{asked} is gone.")
        return None
    terminal.print(told(graded))
    return graded


def _show(terminal: Console, shown: Ungraded, place: str) -> None:
    where = f"{shown.platform}, {shown.surface}, {shown.audience}"
    terminal.print(Text(f"\n{place}  {shown.question_id}  {where}: {shown.decision}", style="dim"))
    terminal.print(Text(safe(shown.text), style="bold"))
    for number, candidate in enumerate(shown.candidates, 1):
        question = one_line(candidate.phrase, limit=70)
        terminal.print(Text(f"  {number}  {candidate.confidence:.2f}  {question}  ({candidate.entry_id})"))
