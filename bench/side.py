"""Build one index and time questions on request: one of two sides that `bench/against.py` compares.

Run by its path, with the checkout to be measured as the working folder and on PYTHONPATH: an older one has no such
file. It prints a JSON line once built, and one for each line `first last` that it reads.
"""

import gc
import json
import resource
import sys
import time
from pathlib import Path

from bench.rivals import Faqbot
from bot.core.models import Entry

_PAGES = Path("/proc/self/statm")


def _held() -> float:
    if _PAGES.exists():
        return int(_PAGES.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    """Load the task, build, and answer."""
    before = _held()
    task = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    entries = [Entry(**{**each, "aliases": tuple(each["aliases"])}) for each in task["entries"]]
    began = time.process_time()
    ready = Faqbot(entries)
    built = time.process_time() - began
    gc.collect()
    print(json.dumps({"built": built, "held": _held() - before}), flush=True)
    for line in sys.stdin:
        first, last = map(int, line.split())
        times, right = [], 0
        for text, expect in task["questions"][first:last]:
            began = time.process_time()
            found = ready.ask(text)
            times.append(time.process_time() - began)
            right += found in expect
        print(json.dumps({"times": times, "right": right}), flush=True)


if __name__ == "__main__":
    main()
