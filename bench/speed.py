"""Time one question among many phrasings, beside what people would use instead, in one run.

    python -m bench.speed [--phrases 1000 10000 100000 1000000] [--questions 400] [--pack-only] [--png FILE]
    python -m bench.speed --against COMMIT [--runs 5] [--phrases …]

A made-up FAQ (see `bench/made_up.py`) takes in the entries of the labelled sets of `--data` where that folder is
there. Asked are labelled questions, and phrasings of made-up entries with a word left out and a letter mistyped, all
mixed; the seed is fixed. Each rival has the same questions, a fresh process, one thread, and `--seconds` to answer:
a slow one is asked fewer, the table says how many. Times are from text to entry. Held is what the process grew by
once built, texts included; peak is the most in between. "Alias" is the time from the addition of a phrasing until a
question has found it. `bm25s` and `tantivy` take part where they are installed (requirements-bench.txt).
Machines are noisy: read the ratios. With `--against` there are no rivals: this checkout and a commit of it answer the
same questions in turn, in processor time, and the ratios are medians of so many runs.
"""

import argparse
import os
import pickle
import platform
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench.against import checkout, compare, write_task
from bench.against import tell as tell_against
from bench.curve import draw, draw_against
from bench.made_up import asked_about, made_up
from bench.measuring import Asked, Measured, Task, measure
from bench.rivals import OURS, RIVALS, missing
from bot.core.models import Entry
from bot.formats.labelled import read_faqs, read_questions

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SETS = ("banking77/k5", "opertus_faq/k5")
NOISY = "noisy"
SEED = 7
# More phrasings than this take minutes to build, and are measured in one run.
REPEATED_BELOW = 500_000
HEAD = f"{'':18}{'p50 ms':>9}{'p99 ms':>9}{'times':>8}{'asked':>7}{'built s':>9}{'held MB':>9}{'peak MB':>9}"
HEAD += f"{'alias ms':>10}   right first"


def labelled(folder: Path) -> tuple[list[Entry], list[Asked]]:
    """Return the entries of the labelled sets and their answerable questions; nothing where there are none."""
    entries: list[Entry] = []
    asked: list[Asked] = []
    for name in SETS:
        faqs, queries = folder / name / "faqs.jsonl", folder / name / "queries.jsonl"
        if faqs.exists():
            known = read_faqs(str(faqs), faqs.read_bytes())
            questions = read_questions(str(queries), queries.read_bytes(), known=frozenset(each.id for each in known))
            entries += [replace(entry, id=f"{name} {entry.id}") for entry in known]
            asked += [
                Asked(question.text, name, frozenset(f"{name} {expect}" for expect in question.expect))
                for question in questions
                if question.expect
            ]
    return entries, asked


def task(size: int, *, questions: int, data: Path, pack_only: bool) -> Task:
    """Return a made-up FAQ of so many phrasings, and questions about it, a half of them labelled where there are."""
    chance = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    known, asked = labelled(data)
    invented = made_up(max(size - sum(len(entry.phrasings) for entry in known), size // 2), chance, pack_only=pack_only)
    some = chance.sample(asked, min(questions // 2, len(asked)))
    about = [chance.choice(invented) for _ in range(questions - len(some))]
    some += [Asked(asked_about(entry, chance), NOISY, frozenset({entry.id})) for entry in about]
    chance.shuffle(some)
    return Task([*known, *invented], some)


def measured(given: argparse.Namespace, rivals: Sequence[str]) -> Iterator[list[Measured]]:
    """Measure every rival at each size, one process after the other."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "task")
        for size in given.phrases:
            what = task(size, questions=given.questions, data=given.data, pack_only=given.pack_only)
            path.write_bytes(pickle.dumps(what))
            del what
            yield [_alone(rival, path, given.seconds) for rival in rivals]


def _alone(rival: str, path: Path, seconds: float) -> Measured:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measure, rival, path, seconds=seconds).result()


def tell(each: Measured, ours: Measured) -> None:
    """Print one line of the table."""
    p50 = 1000 * median(each.times)
    p99 = 1000 * (quantiles(each.times, n=100)[98] if len(each.times) > 1 else each.times[0])
    alias = "-" if each.added is None else f"{1000 * each.added:,.1f}"
    right = "  ".join(f"{kind} {share:.1%}" for kind, share in sorted(each.right.items()))
    print(
        f"{each.rival:18}{p50:9,.2f}{p99:9,.2f}{p50 / 1000 / median(ours.times):8.2f}{len(each.times):7,}"
        f"{each.built:9,.2f}{each.held:9,.0f}{each.peak:9,.0f}{alias:>10}   {right}",
        flush=True,
    )


def _against(given: argparse.Namespace) -> None:
    """Compare this checkout with a commit at each size."""
    figures: dict[int, tuple[list[float], list[float]]] = {}
    with checkout(given.against) as old, TemporaryDirectory() as folder:
        for size in given.phrases:
            what = task(size, questions=given.questions, data=given.data, pack_only=given.pack_only)
            path = Path(folder, "task")
            write_task(what, path)
            phrases, questions = sum(len(entry.phrasings) for entry in what.entries), len(what.questions)
            del what
            count = given.runs if phrases < REPEATED_BELOW else 1
            print(f"\n{phrases:,} phrasings, {questions} questions, {count} runs")
            runs = [*compare(path, old, questions=questions, runs=count)]
            tell_against(given.against, runs, questions=questions)
            before, after = (
                [median(each) for each in zip(*(run[at].figures for run in runs), strict=True)] for at in (0, 1)
            )
            figures[phrases] = before, after
    if given.png:
        draw_against(figures, (given.against, "now"), given.png)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the tables, and draw the curve if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phrases", type=int, nargs="+", default=SIZES)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=40, help="the most that one rival is asked at one size")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the labelled sets")
    parser.add_argument("--pack-only", action="store_true", help="make up phrasings from few words: the worst case")
    parser.add_argument("--rivals", nargs="+", choices=list(RIVALS), default=list(RIVALS))
    parser.add_argument("--png", type=Path, help="draw time against size; needs matplotlib")
    parser.add_argument("--against", metavar="COMMIT", help="compare with this commit, instead of with rivals")
    parser.add_argument("--runs", type=int, default=5, help="so many, with --against")
    given = parser.parse_args(arguments)
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for the processes to come
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, seed {SEED}")
    if given.against:
        _against(given)
        return
    absent = [name for name in missing() if name in given.rivals]
    if absent:
        print(f"not installed, left out: {', '.join(absent)}")
    everything = []
    for results in measured(given, [name for name in given.rivals if name not in absent]):
        ours = next((each for each in results if each.rival == OURS), results[0])
        print(f"\n{ours.phrases:,} phrasings\n{HEAD}")
        for each in results:
            tell(each, ours)
        everything += results
    if given.png:
        draw(everything, given.png)


if __name__ == "__main__":
    main()
