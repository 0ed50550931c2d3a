"""Propose thresholds, and apply them when told to: `faqbot tune`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.cli.failures import refuse
from bot.cli.session import actor, run
from bot.cli.stats import drawing
from bot.cli.terminal import Terminal, facts, print_json, table
from bot.core.deciding.replays import Authority
from bot.core.deciding.tuning import Group, Measured, Tuning
from bot.service.app import App
from bot.service.tuning import PRECISION, GroupTuning

TITLES: Mapping[Group, str] = MappingProxyType({
    Group.ASKED: "Where the bot is asked: mentions, commands, direct messages",
    Group.AMBIENT: "Messages that it overhears",
})  # fmt: skip
_WORDS: Mapping[Authority, str] = MappingProxyType({
    Authority.GRADE: "by faqbot grade",
    Authority.REVIEW: "by the review",
    Authority.ASKER: "by those who asked",
})  # fmt: skip
_BAR, _BLOCK = 30, "█"
_STEP = 5  # the curve on the terminal has a row for each so many hundredths


def tune(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    *,
    precision: Annotated[
        float, typer.Option(min=0.5, max=0.99, metavar="SHARE", help="The share of answers that shall be right.")
    ] = PRECISION,
    apply: Annotated[bool, typer.Option("--apply", help="Let the proposal count from the next question on.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Let the built-in thresholds count again.")] = False,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the curves; needs the extra charts.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Propose thresholds from graded decisions. Nothing changes without --apply."""
    if reset:
        _reset(context, apply=apply)
        return
    draw = None if png is None else drawing("draw_curves")

    async def use(app: App) -> tuple[Sequence[GroupTuning], Sequence[GroupTuning]]:
        found = await app.tuning.propose(precision=precision)
        return found, await app.tuning.apply(found, actor=actor()) if apply else ()

    found, applied = run(context, use)
    if draw is not None and png is not None:
        draw(found, png)
    if as_json:
        print_json([{**as_fields(one), "applied": one in applied} for one in found])
    else:
        show_tunings(Terminal(), found, applied if apply else None)


def _reset(context: typer.Context, *, apply: bool) -> None:
    if apply:
        refuse("faqbot tune", "--reset and --apply contradict each other", "give one of them")
    changed = run(context, lambda app: app.tuning.reset(actor=actor()))
    if changed:
        Terminal().print(f"Reset: {', '.join(changed)}. The built-in thresholds count from the next question on.")
    else:
        Terminal().print("The built-in thresholds count already.")


def as_fields(found: GroupTuning) -> dict[str, Any]:
    """Return all figures by their names."""
    tuning = found.tuning
    return {
        "group": found.group,
        "scorer": found.scorer,
        "precision": tuning.goal.precision,
        "graded": tuning.graded,
        "needed": tuning.needed,
        "slope": tuning.scaling.slope,
        "intercept": tuning.scaling.intercept,
        "said_by": {by.name.lower(): count for by, count in sorted(found.said_by.items(), reverse=True)},
        "left_out": asdict(found.left_out),
        "today": _measures(tuning.today),
        "proposed": None if tuning.proposed is None else _measures(tuning.proposed),
        "platforms": [
            {"platform": share.platform, "graded": share.graded, "today": _measures(share.today)}
            for share in found.platforms
        ],
        "curve": [_measures(one) for one in tuning.curve],
    }


def _measures(one: Measured) -> dict[str, Any]:
    return {
        **asdict(one.thresholds),
        "answered": one.answered,
        "right": one.right,
        "precision": one.precision,
        "at_least": one.at_least,
        "coverage": one.coverage,
        "expected": one.expected,
    }


def show_tunings(terminal: Console, found: Sequence[GroupTuning], applied: Sequence[GroupTuning] | None) -> None:
    """Print what was found, and what became of it; None says that nothing was to be applied."""
    for one in found:
        terminal.print(TITLES[one.group], style="bold")
        _show(terminal, one)
        terminal.print()
    changes = [one for one in found if one.change is not None]
    if applied:
        terminal.print(f"Applied: {', '.join(one.group for one in applied)}. It counts from the next question on.")
    elif changes and applied is None:
        terminal.print("Nothing has changed; apply the proposal with: faqbot tune --apply")
    else:
        terminal.print("There is nothing to apply.")


def _show(terminal: Console, found: GroupTuning) -> None:
    tuning, left_out = found.tuning, found.left_out
    if nothing := tuning.today.thresholds.nothing:
        likelier = "likelier" if nothing > 0 else "less likely"
        terminal.print(f"By the log, no entry fitting is {likelier} here than usual: {nothing:+.2f} in log-odds.")
    by = ", ".join(f"{count:,} {_WORDS[by]}" for by, count in sorted(found.said_by.items(), reverse=True))
    unused = {
        "of another scorer": left_out.other_scorer,
        "in dispute": left_out.disputed,
        "on the same words": left_out.repeated,
    }
    facts(
        terminal,
        {
            "graded": f"{tuning.graded:,} decisions" + (f": {by}" if by else ""),
            "left out": ", ".join(f"{count:,} {why}" for why, count in unused.items() if count),
            "proposal": why_none(tuning),
        },
    )
    if tuning.graded:
        terminal.print()
        _show_thresholds(terminal, found)
        terminal.print()
        _show_curve(terminal, tuning)


def why_none(tuning: Tuning) -> str | None:
    """Return why no thresholds are proposed, None where some are."""
    goal = percentage(tuning.goal.precision)
    if tuning.proposed is not None:
        return None
    if tuning.graded < tuning.needed:
        return f"none: {tuning.needed} graded decisions are needed, and there are {tuning.graded}; see: faqbot grade"
    return f"none: at no threshold are {goal} of the answers likely right; try a lower --precision, or grade more"


def _show_thresholds(terminal: Console, found: GroupTuning) -> None:
    tuning = found.tuning
    named = [("today", tuning.today), ("proposed", tuning.proposed)]
    rows = [(name, *_numbers(one), *_shares(one)) for name, one in named if one is not None]
    if len(found.platforms) > 1:
        rows += [(share.platform, *_numbers(share.today), *_shares(share.today)) for share in found.platforms]
    headers = ("", "answer", "suggest", "lead", "right", "precision", "at least", "expected", "coverage")
    table(terminal, headers, rows, numbers=len(headers) - 1)


def _numbers(one: Measured) -> tuple[str, ...]:
    limits = one.thresholds
    return tuple(f"{value:.2f}" for value in (limits.answer, limits.suggest, limits.ambiguity))


def _shares(one: Measured) -> tuple[str, ...]:
    shares = (one.precision, one.at_least if one.answered else None, one.expected, one.coverage)
    return f"{one.right}/{one.answered}", *(percentage(share, digits=1) for share in shares)


def _show_curve(terminal: Console, tuning: Tuning) -> None:
    marks = {tuning.today.thresholds.answer: "today"}
    if tuning.proposed is not None:
        marks[tuning.proposed.thresholds.answer] = "proposed"
    rows = [
        (f"{at:.2f}", *_shares(one)[1:], f"{_BLOCK * round(_BAR * one.coverage):<{_BAR}} {marks.get(at, '')}".rstrip())
        for at, one in ((one.thresholds.answer, one) for one in tuning.curve)
        if at in marks or not round(100 * at) % _STEP
    ]
    table(terminal, ("answer from", "precision", "at least", "expected", "coverage", "share of all questions"), rows)


def percentage(share: float | None, *, digits: int = 0) -> str:
    """Return a share in hundredths."""
    return "-" if share is None else f"{100 * share:.{digits}f} %"
