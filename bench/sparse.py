"""Time the sparse index beside the same likeness as a product of scipy.sparse, over made-up phrasings.

    python -m bench.sparse [--phrases 10000 100000] [--questions 200]

Both hold the same unit rows, and both find the 64 rows nearest to a question whose words are known already; that their
likeness is the same is checked. Times are medians in processor time, one thread. Memory is what the arrays of the
matrices take, and what the process grew by for the index. scipy keeps the rows, which the likeness of rows to each
other needs, and the same by column, which a search needs; after one more phrasing it has to build both again.
"""

import argparse
import gc
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
from scipy import sparse

from bench.made_up import asked_about, made_up
from bot.bootstrap import load_lexicon
from bot.config import load_settings
from bot.core.models import Entry
from bot.core.searching.entry_texts import texts_of
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.sparse.features import features_of
from bot.core.searching.sparse.text_index import SPELLING, Text, TextIndex, Texts
from bot.core.searching.text import tokens

LIMIT, SEED, EQUAL = 64, 7, 1e-5
DIFFER = "the index and the product differ"
_STATM = Path("/proc/self/statm")


def text_of(lexicon: Lexicon, line: str) -> Text:
    """Return the words of a text and their stems."""
    words = tokens(line)
    return Text(words, lexicon.fold(words))


def built(lexicon: Lexicon, entries: Sequence[Entry]) -> TextIndex:
    """Return an index of the phrasings and passages of entries."""
    texts = Texts()
    for entry in entries:
        for line in texts_of(entry):
            texts.add(text_of(lexicon, line))
    return TextIndex(texts)


def rows_of(index: TextIndex) -> sparse.csr_matrix:
    """Return all rows of an index as a matrix: what two rows have in common is their likeness."""
    every = np.arange(len(index))
    parts = []
    for part, share in ((index.characters, SPELLING), (index.words, 1 - SPELLING)):
        columns, owners, values = part.features(every)
        shape = (len(every), part.width)
        parts.append(sparse.csr_matrix(((values * share**0.5).astype(np.float32), (owners, columns)), shape))
    return sparse.hstack(parts, "csr")


def vector_of(index: TextIndex, text: Text) -> sparse.csr_matrix:
    """Return a question as a row of such a matrix."""
    grams, times = index.characters._table.columns(text.words)  # noqa: SLF001  # no other way to its columns
    sets = index.words._hashes.find(features_of(text.stems, text.paired))  # noqa: SLF001  # as above
    parts = []
    for part, columns, counts, share in (
        (index.characters, grams, times, SPELLING),
        (index.words, sets, np.ones_like(sets), 1 - SPELLING),
    ):
        stands = part._weights.stand(columns)  # noqa: SLF001  # as above
        values = counts[stands] * part._weights.of(columns[stands])  # noqa: SLF001  # as above
        values *= share**0.5 / max(float(np.linalg.norm(values)), 1e-9)
        cells = (np.zeros(len(values), np.int64), columns[stands])
        parts.append(sparse.csr_matrix((values.astype(np.float32), cells), (1, part.width)))
    return sparse.hstack(parts, "csr")


def timed(index: TextIndex, by_column: sparse.csr_matrix, asked: Sequence[Text]) -> tuple[float, float]:
    """Return the seconds of a question by the index and by a product, after a look at whether both say the same."""
    ours, theirs = [], []
    for text in asked:
        began = time.process_time()
        rows, near = index.nearest(index.read(text), limit=LIMIT)
        ours.append(time.process_time() - began)
        began = time.process_time()
        product = np.asarray((vector_of(index, text) @ by_column).todense()).ravel()
        best = np.argpartition(-product, LIMIT)[:LIMIT]
        best = best[np.argsort(-product[best], kind="stable")]
        theirs.append(time.process_time() - began)
        if np.abs(product[rows] - near).max(initial=0) > EQUAL:
            raise SystemExit(DIFFER)
    return median(ours), median(theirs)


def tell(lexicon: Lexicon, size: int, questions: int) -> None:
    """Print a row for a number of phrasings."""
    chance = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    entries = made_up(size, chance)
    asked = [text_of(lexicon, asked_about(chance.choice(entries), chance)) for _ in range(questions)]
    before = _held()
    index = built(lexicon, entries)
    held = _held() - before
    began = time.process_time()
    rows = rows_of(index)
    by_column = rows.T.tocsr()
    anew = time.process_time() - began
    matrices = sum(part.nbytes for each in (rows, by_column) for part in (each.data, each.indices, each.indptr))
    ours, theirs = timed(index, by_column, asked)
    began = time.process_time()
    index.remove(index.add(asked[0]))
    added = time.process_time() - began
    print(
        f"{size:>9,} phrasings, {len(index):,} texts: index {1000 * ours:.1f} ms, {held:.0f} MB, a change "
        f"{1000 * added:.1f} ms; scipy {1000 * theirs:.1f} ms, {matrices / 1e6:.0f} MB, a change {1000 * anew:.0f} ms",
        flush=True,
    )


def _held() -> float:
    gc.collect()
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phrases", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    lexicon = load_lexicon(load_settings())
    for size in given.phrases:
        tell(lexicon, size, given.questions)


if __name__ == "__main__":
    main()
