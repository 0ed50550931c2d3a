"""Measure the matching on a labelled set: `faqbot eval`."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from bot.bootstrap import load_encoder, load_lexicon, load_multilingual
from bot.cli.imports import read_paths
from bot.cli.session import settings_of
from bot.cli.terminal import Terminal, facts, print_json
from bot.core.deciding.decision import Thresholds, adapted, built_in, prior_of
from bot.core.deciding.evaluation import Judged, Measures, ask_own, report
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Audience, Entry, Status, Surface, kind_of
from bot.core.searching.entry_index import EntryIndex
from bot.errors import InvalidInputError
from bot.formats import collect
from bot.formats.labelled import Labelled, read_faqs, read_questions

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
