"""Review the questions that had no answer."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.running import actor, run
from bot.cli.terminal import Terminal, facts, table
from bot.core.models import kind_of
from bot.service.reviewing import Closed, Review
from bot.store.records import Outcome, Resolution, UnansweredGroup
from bot.store.unanswered import MOST_GROUPS

review = typer.Typer(help="Review the questions that had no answer.", no_args_is_help=True)

_CANDIDATES = 5
_TIME = "%Y-%m-%d %H:%M"
QuestionId = Annotated[str, typer.Argument(metavar="QUESTION", help="The id of a question, such as Q12.")]


@review.command("list")
def show_list(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=1, help="List at most so many.")] = MOST_GROUPS,
) -> None:
    """List open questions, most askers first."""
    show_groups(Terminal(), run(context, lambda app: app.reviewing.list(limit=limit)))


@review.command()
def show(context: typer.Context, question_id: QuestionId) -> None:
    """Show one question, open or closed."""
    show_review(Terminal(), run(context, lambda app: app.reviewing.show(question_id)))


@review.command()
def answer(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    question_id: QuestionId,
    text: Annotated[str, typer.Argument(metavar="ANSWER", help="The answer, in quotes.")],
    *,
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="A better wording of the question.")] = None,
    entry_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Made from the question when left out.")
    ] = None,
    category: Annotated[str | None, typer.Option(metavar="NAME")] = None,
) -> None:
    """Answer a question. It becomes an entry, live at once."""
    closed = run(
        context,
        lambda app: app.reviewing.answer(
            question_id, answer=text, question=question, entry_id=entry_id, category=category, actor=actor()
        ),
    )
    Terminal().print(told(closed, "answered"))


@review.command()
def link(
    context: typer.Context,
    question_id: QuestionId,
    entry_id: Annotated[str, typer.Argument(metavar="ENTRY", help="The id of the entry that answers it.")],
    *,
    alias: Annotated[str | None, typer.Option(metavar="TEXT", help="A better wording to give the entry.")] = None,
) -> None:
    """Make a question one more wording of an entry. It is live at once."""
    closed = run(context, lambda app: app.reviewing.link(question_id, entry_id, actor=actor(), alias=alias))
    Terminal().print(told(closed, "linked"))


@review.command()
def dismiss(
    context: typer.Context,
    question_id: QuestionId,
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it needs no answer.")],
) -> None:
    """Close a question without an answer."""
    closed = run(context, lambda app: app.reviewing.dismiss(question_id, reason=reason, actor=actor()))
    Terminal().print(told(closed, "dismissed"))


def show_groups(terminal: Console, groups: Sequence[UnansweredGroup]) -> None:
    """Print open questions as a table."""
    if not groups:
        terminal.print("No open questions.")
        return
    rows = [(group.id, str(group.askers), str(group.count), _nearest(group), group.text) for group in groups]
    table(terminal, ("id", "askers", "asked", "nearest entry", "question"), rows)


def show_review(terminal: Console, found: Review) -> None:
    """Print everything that is known of one question."""
    question, outcome = found.question, found.question.outcome
    values = {
        "id": question.id,
        "question": (outcome.text if outcome else None) or "not kept",
        "asked": f"{question.asked_at:{_TIME}} UTC on {question.platform}",
        "audience": question.audience,
        "state": _state(found),
        "likewise": _likewise(found.group) if found.group else None,
        "candidates": _candidates(outcome),
    }
    facts(terminal, values)


def _state(found: Review) -> str:
    question = found.question
    if question.resolution is not None:
        return _resolved(question.resolution)
    if found.group is not None:
        return "open"
    return f"{kind_of(question.outcome.decision)} by the bot" if question.outcome else "not decided yet"


def _resolved(resolution: Resolution) -> str:
    by = f"{resolution.kind} by {resolution.actor} on {resolution.at:{_TIME}} UTC"
    entry = f"entry {resolution.entry_id}" if resolution.entry_id else None
    return ", ".join(filter(None, (by, entry, resolution.reason)))


def _candidates(outcome: Outcome | None) -> str:
    matches = outcome.candidates[:_CANDIDATES] if outcome else ()
    return "\n".join(f"{match.confidence:.3f}  {match.entry_id}" for match in matches)


def _likewise(group: UnansweredGroup) -> str:
    times = "once" if group.count == 1 else f"{group.count} times"
    people = "one person" if group.askers == 1 else f"{group.askers} people"
    return f"asked {times} by {people}, last {group.last_asked:{_TIME}} UTC"


def _nearest(group: UnansweredGroup) -> str:
    return f"{group.nearest[0].entry_id} ({group.nearest[0].confidence:.2f})" if group.nearest else ""


def told(closed: Closed, done: str) -> str:
    """Return what became of a question in one sentence."""
    group = closed.group
    often = f", asked {group.count} times," if group.count > 1 else ""
    entry = f" with {closed.entry.entry.id}" if closed.entry else ""
    return f"{group.id}{often} is {done}{entry}."
