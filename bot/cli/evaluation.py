"""Measure decisions: the matching on a labelled set (`faqbot eval`), and by moderators' grades (`faqbot grade`)."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.text import Text

from bot.bootstrap import load_encoder, load_lexicon, load_multilingual
from bot.cli.failures import refuse
from bot.cli.imports import read_paths
from bot.cli.keyboard import END, read_key
from bot.cli.session import Session, actor, opened, run, settings_of
from bot.cli.terminal import Terminal, facts, interactive, note, one_line, print_json, safe
from bot.core.deciding.decision import Thresholds, adapted, built_in, prior_of
from bot.core.deciding.evaluation import Judged, Measures, ask_own, report
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Audience, Entry, Grade, Status, Surface, kind_of
from bot.core.searching.entry_index import EntryIndex
from bot.errors import InvalidInputError, NothingToGradeError, QuestionNotFoundError
from bot.formats import collect
from bot.formats.labelled import Labelled, read_faqs, read_questions
from bot.service.grades import Graded, Ungraded

_PERCENT = {
    "top1": "right entry first",
    "hit3": "right entry in the first 3",
    "hit5": "right entry in the first 5",
    "recall_p90": "R@P90",
    "recall_p95": "R@P95",
    "answered": "answered",
    "suggested": "suggested",
    "unanswered": "unanswered",
    "ignored": "ignored",
    "answer_precision": "answers that are right",
    "unanswerable_left": "unanswerable ones left alone",
}
_NUMBERS = {
    "mrr10": "MRR@10",
    "auroc": "AUROC, right first places against the rest",
    "auroc_null": "AUROC, answerable against unanswerable",
    "calibration_error": "expected calibration error",
}


def evaluate(  # noqa: PLR0913  # what a person may choose
    context: typer.Context,
    faqs: Annotated[Path, typer.Argument(metavar="FAQS", help="The FAQ: JSON lines, or files as `faq import` reads.")],
    queries: Annotated[Path, typer.Argument(metavar="QUERIES", help="JSON lines: text, expect.")],
    *,
    details: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a JSON line for each question.")] = None,
    lexical: Annotated[bool, typer.Option("--lexical", help="Leave the sentence encoder out.")] = False,
    adapt: Annotated[
        int, typer.Option(min=0, metavar="N", help="Take the first N questions, without their labels, as the log.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the measures as JSON.")] = False,
) -> None:
    """Measure the matching on labelled questions; needs no database."""
    settings = settings_of(context)
    encode = None if lexical else load_encoder(settings)
    entries = _entries(faqs)
    questions = read_questions(str(queries), queries.read_bytes(), known=frozenset(entry.id for entry in entries))
    many = None if lexical else load_multilingual(settings)
    index = EntryIndex(load_lexicon(settings), entries, encode, multilingual=many)
    applied = _adapted(index, questions[:adapt])
    judged = _judge(index, questions[adapt:], applied)
    measured = report([each for each, _ in judged])
    if details is not None:
        details.write_text("".join(line + "\n" for _, line in judged), "utf-8")
    if as_json:
        print_json(asdict(measured))
    else:
        _show(measured)


def _entries(faqs: Path) -> list[Entry]:
    """Return the entries of a labelled set, or those of an FAQ that everybody may read."""
    if faqs.suffix == ".jsonl":
        return read_faqs(str(faqs), faqs.read_bytes())
    collected = collect(read_paths([faqs]))
    if collected.problems:
        raise InvalidInputError(collected.problems)
    entries = (draft.entry.seen_by(Audience.PUBLIC) for draft in collected.entries)
    return [entry for entry in entries if entry is not None and entry.status is Status.PUBLISHED]


def _adapted(index: EntryIndex, questions: Sequence[Labelled]) -> Mapping[str, Thresholds]:
    """Return the thresholds that a bot has whose log holds these questions, by the scorer that they are for."""
    rankings = [judge(index, question.text, surface=Surface.MENTION).ranking for question in questions]
    asked = [ranking for ranking in rankings if ranking.matches]
    if not asked:
        return {}
    scorer = asked[0].scorer
    prior = prior_of([ranking.matches for ranking in asked], scorer, ask_own(index.copy(), scorer))
    return {} if prior is None else {scorer: replace(built_in(Surface.MENTION, scorer), nothing=prior.nothing)}


def _judge(
    index: EntryIndex, questions: Sequence[Labelled], applied: Mapping[str, Thresholds]
) -> list[tuple[Judged, str]]:
    progress = Terminal(stderr=True)
    following = track(questions, "Asking", console=progress, disable=not progress.is_terminal, transient=True)
    return [_judge_one(index, question, applied) for question in following]


def _judge_one(index: EntryIndex, question: Labelled, applied: Mapping[str, Thresholds]) -> tuple[Judged, str]:
    """Return what became of one question, for the measures and as a line of the details."""
    began = time.perf_counter()
    judgement = judge(index, question.text, surface=Surface.MENTION, applied=applied)
    seconds = time.perf_counter() - began
    decision = judgement.decided.decision
    ranked = adapted(judgement.ranking.matches, judgement.decided.thresholds.nothing)
    judged = Judged(
        text=question.text,
        expect=question.expect,
        decision=kind_of(decision),
        ranked=tuple((match.entry_id, match.confidence) for match in ranked),
        seconds=seconds,
    )
    line = {
        "text": question.text,
        "expect": question.label,
        "decision": judged.decision,
        "entry": decision.match.entry_id if isinstance(decision, Answered) else None,
        "confidence": judged.confidence,
        "ranked": judged.ranked,
    }
    return judged, json.dumps(line)


def _show(measured: Measures) -> None:
    values = asdict(measured)
    shown = {"questions": f"{measured.questions:,}, {measured.answerable:,} of them answerable"}
    for name, label in _PERCENT.items():
        shown[label] = _absent(values[name], "{:.1%}")
    for name, label in _NUMBERS.items():
        shown[label] = _absent(values[name], "{:.3f}")
    shown["time a question"] = f"{measured.milliseconds_p50:.1f} ms p50, {measured.milliseconds_p99:.1f} ms p99"
    facts(Terminal(), shown)


def _absent(value: float | None, form: str) -> str:
    return "-" if value is None else form.format(value)


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
        _show_decision(terminal, waiting[len(done)], f"{len(done) + 1}/{len(waiting)}")
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


def _show_decision(terminal: Console, shown: Ungraded, place: str) -> None:
    where = f"{shown.platform}, {shown.surface}, {shown.audience}"
    terminal.print(Text(f"\n{place}  {shown.question_id}  {where}: {shown.decision}", style="dim"))
    terminal.print(Text(safe(shown.text), style="bold"))
    for number, candidate in enumerate(shown.candidates, 1):
        question = one_line(candidate.phrase, limit=70)
        terminal.print(Text(f"  {number}  {candidate.confidence:.2f}  {question}  ({candidate.entry_id})"))
