"""Find the entries that a question may mean, with the evidence for each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from bot.core.features import content, content_features, features
from bot.core.lexicon import Lexicon
from bot.core.models import Entry
from bot.core.sparse import Floats, Numbers, SparseIndex
from bot.core.text import tokens

# How many phrasings around a question are weighed against each other.
NEIGHBOURS = 300
# How many answers may bring in an entry that no phrasing found.
ANSWERS = 30
# Ridge of the local regression, in units of a phrasing's likeness to itself.
RIDGE = 0.5
ANSWER_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a question made ready for matching."""

    normalised: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold one entry that a question may mean, its nearest phrasing, and the features that speak for it."""

    entry_id: str
    phrase: str
    features: dict[str, float]


class Matcher:
    """Hold the phrasings and answers of one audience's entries, ready to be asked."""

    def __init__(self, lexicon: Lexicon, entries: Iterable[Entry] = ()) -> None:
        self._lexicon = lexicon
        self._entries: dict[str, Entry] = {}
        listed = list(entries)
        phrases = [(entry.id, phrase) for entry in listed for phrase in dict.fromkeys(entry.phrasings)]
        self._phrases = SparseIndex([self._features(phrase) for _, phrase in phrases])
        self._answers = SparseIndex([self._answer_features(entry) for entry in listed])
        self._phrase_rows = list(phrases)
        self._row_of = {phrase: row for row, phrase in enumerate(phrases)}
        self._answer_rows = [entry.id for entry in listed]
        self._answer_row_of = {entry.id: row for row, entry in enumerate(listed)}
        self._entries = {entry.id: entry for entry in listed}

    def _features(self, phrase):
        words = tokens(phrase)
        return features(words, self._lexicon.fold(words))

    def _stems(self, text: str) -> list[str]:
        return self._lexicon.fold(tokens(text))

    def _answer_features(self, entry: Entry):
        return content_features(self._stems(f"{entry.category or ''} {entry.answer}"))

    def query(self, text: str) -> Query:
        words = tokens(text)
        stems = self._lexicon.fold(words)
        return Query(" ".join(words), tuple(words), tuple(stems), tuple(content(stems)))

    def candidates(self, query: Query, limit: int = 10) -> list[Candidate]:
        rows, near = self._phrases.nearest(features(query.words, query.stems), limit=NEIGHBOURS)
        similarity = near.mean(axis=1)
        owners = [self._phrase_rows[row][0] for row in rows.tolist()]
        arows, anear = self._answers.nearest(content_features(query.stems), limit=ANSWERS)
        answer = {self._answer_rows[row]: float(n) for row, n in zip(arows.tolist(), anear[:, 1].tolist())}
        ids = list(dict.fromkeys([*owners, *answer]))
        position = {e: i for i, e in enumerate(ids)}
        own = np.array([position[o] for o in owners], np.int64)
        alpha = self._phrases.regress(rows, similarity, ridge=RIDGE) if len(rows) else np.zeros(0)
        n = len(ids)
        ridge = np.bincount(own, alpha, n)
        ans = np.array([answer.get(e, 0.0) for e in ids])
        score = ridge + ANSWER_WEIGHT * ans
        order = sorted(range(n), key=lambda i: (-round(float(score[i]), 9), ids[i]))[:limit]
        out = []
        for i in order:
            mine = np.flatnonzero(own == i)
            if len(mine):
                b = mine[0]; phrase = self._phrase_rows[rows[b]][1]; best = float(similarity[b]); bw = float(near[b, 1]); bc = float(near[b,0])
                m3 = float(similarity[mine[:3]].mean())
            else:
                phrase = self._entries[ids[i]].question; best = bw = bc = m3 = 0.0
            out.append(Candidate(ids[i], phrase, dict(score=float(score[i]), ridge=float(ridge[i]), best=best, best_words=bw, best_chars=bc, mean3=m3, answer=float(ans[i]), phrasings=float(len(self._entries[ids[i]].phrasings)))))
        return out
