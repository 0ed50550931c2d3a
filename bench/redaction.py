"""Time redaction on texts that are made to be slow: each one piece again and again, up to two lengths.

    python -m bench.redaction [--against COMMIT] [--runs 3] [--lengths 4000 100000]

Each length is a process of its own, and with a commit to compare with both take turns. Printed is the slowest text of
each, and the median of all, in processor time; `--all` prints each text. The event loop waits that long.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bot.core.redaction import redact

ROOT = Path(__file__).parents[1]
SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"
PIECES = (
    *("a", "1", "1 ", "0 1 ", "12,", "a.", "a-", "aaaa bbbb ", "[", "[email]", "<b ", "<@U12> ", "\u200b", "e\u0301 "),
    *("4111 1111 1111 1111 ", "4111111111111111 ", "0000 0000 ", "card 4111-", "order 4111111111111111, "),
    *("030 1234567, ", "+12345678", "call me on ", "123456 is my ", "my ", "a@", "(at) ", "bob@example.com "),
    *(
        "password:",
        "password ",
        "password is my ",
        "hunter2 is my ",
        "\u043f\u0430\u0440\u043e\u043b\u044c ",
        "://a:a@",
    ),
    *("code is ", "code 123456 ", "key: ", "secret api key ", "eyJ-", f"0x{'ab' * 32} ", f"tx hash {'ab' * 32} ", "5K"),
    *("-----BEGIN PRIVATE KEY-----", "abandon ability ", "abandon ability xyzzy ", "word 1 ", "and ", f"{SEED}. "),
)


def seconds(piece: str, length: int) -> float:
    """Return the processor time that one text takes."""
    text = (piece * (length // len(piece) + 1))[:length]
    gc.collect()  # else one of them pays for all before it
    began = time.process_time()
    redact(text)
    return time.process_time() - began


def side(length: int) -> None:
    """Print the times of all pieces; what is read or compiled once is so before."""
    for piece in PIECES:
        seconds(piece, 400)
    print(json.dumps([seconds(piece, length) for piece in PIECES]))


def measured(place: Path, length: int) -> list[float]:
    """Return the times of a checkout."""
    command = [sys.executable, "-P", __file__, "--side", str(length)]
    surroundings = {**os.environ, "PYTHONPATH": str(place), "OPENBLAS_NUM_THREADS": "1"}
    told = subprocess.run(command, cwd=place, env=surroundings, check=True, capture_output=True, text=True)  # noqa: S603  # our own
    times: list[float] = json.loads(told.stdout)
    return times


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="COMMIT")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--lengths", type=int, nargs="+", default=(4_000, 100_000))
    parser.add_argument("--all", action="store_true", help="print each text")
    parser.add_argument("--side", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.side:
        side(given.side)
        return
    with ExitStack() as stack:
        places = {"here": ROOT}
        if given.against:
            from bench.against import checkout  # noqa: PLC0415  # a side of an older commit has none

            places[given.against] = stack.enter_context(checkout(given.against))
        print("characters\tof\tslowest ms\tmedian ms\tslowest text")
        for length in given.lengths:
            runs = [{name: measured(place, length) for name, place in places.items()} for _ in range(given.runs)]
            for name in places:
                times = [1000 * median(each) for each in zip(*(run[name] for run in runs), strict=True)]
                ranked = sorted(zip(times, PIECES, strict=True), reverse=True)
                print(length, name, f"{max(times):.1f}", f"{median(times):.2f}", repr(ranked[0][1]), sep="\t")
                for taken, piece in ranked if given.all else ():
                    print("", "", f"{taken:.2f}", "", repr(piece), sep="\t")


if __name__ == "__main__":
    main()
