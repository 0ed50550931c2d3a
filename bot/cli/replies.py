"""Show replies on the terminal, and how they came about."""

import re
from collections.abc import Sequence
from dataclasses import asdict

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import facts, one_line, safe, table
from bot.core.deciding.decision import Thresholds
from bot.core.models import Answered, Decision, Ignored, Match, Source, Suggested
from bot.core.wording.reasons import kept_back
from bot.core.wording.replies import Reply, ReplyKind
from bot.service.explanations import Explanation

WIDTH = 80
_TITLE_LIMIT = WIDTH - 10
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_NUMBER = re.compile(r"\d{1,2}\. ")
_COLOURS = {
    ReplyKind.ANSWER: "green",
    ReplyKind.CHOICES: "cyan",
    ReplyKind.NOTHING_FITS: "yellow",
    ReplyKind.HINT: "blue",
    ReplyKind.WARNING: "red",
}

_TEXT_LIMIT = 400
_COMPARED = 5  # so many columns of features fit on a terminal


def show_reply(terminal: Console, reply: Reply) -> None:
    """Print a reply: boxed on a terminal, as lines of text into a pipe."""
    if terminal.is_terminal:
        terminal.print(boxed(reply, width=min(WIDTH, terminal.width)), soft_wrap=False)
        return
    title = [Text(one_line(reply.title)), Text()] if reply.title else []
    terminal.print(*title, *_body(reply), sep="\n")


def boxed(reply: Reply, *, width: int = WIDTH) -> Panel:
    """Return a reply in a frame with its title."""
    title = Text(one_line(reply.title, limit=_TITLE_LIMIT), style="bold") if reply.title else None
    return Panel(
        Group(*map(_hanging, _body(reply))),
        title=title,
        title_align="left",
        box=ROUNDED,
        border_style=_COLOURS[reply.kind],
        padding=(0, 1),
        width=width,
    )


def _body(reply: Reply) -> list[Text]:
    """Return the lines of a reply; one that is too long for its place is yet to be wrapped."""
    lines = _lines(reply.text)
    lines += [Text(f"{number}. {one_line(choice.label)}") for number, choice in enumerate(reply.choices, 1)]
    if reply.staff_note:
        lines += [Text(), Text("Staff only", style="bold magenta"), *_lines(reply.staff_note)]
    if reply.source and (where := _source(reply.source)):
        lines += [Text(), Text(where, style="dim")]
    return lines


def _lines(text: str) -> list[Text]:
    return [_with_bold(line) for line in safe(text).strip().split("\n")]


def _hanging(line: Text) -> RenderableType:
    """Return a line whose continuation stands behind its number, if it has one."""
    number = _NUMBER.match(line.plain)
    if number is None:
        return line
    columns = Table.grid()
    columns.add_column(width=number.end())
    columns.add_column()
    columns.add_row(number[0], line[number.end() :])
    return columns


def _with_bold(text: str) -> Text:
    """Return the text with what stands between double asterisks in bold: the Markdown that answers use most."""
    shown = Text()
    end = 0
    for found in _BOLD.finditer(text):
        shown.append(text[end : found.start()]).append(found[1], style="bold")
        end = found.end()
    return shown.append(text[end:])


def _source(source: Source) -> str:
    updated = f"updated {source.updated:%-d %B %Y}" if source.updated else None
    parts = [one_line(part) for part in (source.title, updated, source.url) if part]
    return f"Source: {', '.join(parts)}" if parts else ""


def show_explanation(terminal: Console, explanation: Explanation) -> None:
    """Print the cleaned question, the decision with what led to it, and the candidates with their features."""
    query, decided = explanation.query, explanation.decided
    terminal.print()
    facts(
        terminal,
        {
            "normalised": one_line(query.normalised, limit=_TEXT_LIMIT),
            "content": one_line(" ".join(query.content), limit=_TEXT_LIMIT),
            "decision": _decision(decided.decision),
            "guards": ", ".join(decided.guards) or "none",
            "differs": "; ".join(map(str, explanation.ranking.differences)) or "nothing",
            "withheld": "; ".join(kept_back(*each) for each in explanation.withheld) or "nothing",
            "thresholds": _thresholds(decided.thresholds),
            "versions": f"scorer {explanation.scorer_version}, content {explanation.content_version}",
        },
    )
    if explanation.ranking.matches:
        _show_candidates(terminal, explanation.ranking.matches)


def _decision(decision: Decision) -> str:
    match decision:
        case Answered(match):
            return f"answered with {match.entry_id}"
        case Suggested(matches):
            return f"suggested {', '.join(match.entry_id for match in matches)}"
        case Ignored(reason):
            return f"ignored ({reason})"
    return "unanswered"


def _thresholds(thresholds: Thresholds) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in asdict(thresholds).items())


def _show_candidates(terminal: Console, matches: Sequence[Match]) -> None:
    terminal.print()
    rows = [
        (str(place), f"{match.confidence:.3f}", match.entry_id, match.phrase) for place, match in enumerate(matches, 1)
    ]
    table(terminal, ("", "confidence", "entry", "nearest phrasing"), rows)
    terminal.print()
    compared = matches[:_COMPARED]
    features = [(name, *(f"{match.features[name]:.3f}" for match in compared)) for name in compared[0].features]
    places = [str(place) for place in range(1, len(compared) + 1)]
    table(terminal, ("feature", *places), features, numbers=len(compared))
