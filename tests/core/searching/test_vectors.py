"""Show that the nearest vectors are found, among few and among many."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.searching import kept_vectors, vectors
from bot.core.searching.kept_vectors import RecentVectors, RememberedVectors
from bot.core.searching.vectors import TextVectors, VectorIndex, Vectors


def drawn(count: int, *, seed: int = 3, width: int = 96) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def exact(held: Vectors, asked: Vectors, limit: int) -> set[int]:
    return set(np.argsort(-(held @ asked))[:limit].tolist())


def test_the_nearest_are_found() -> None:
    held, asked = drawn(50), drawn(1, seed=4)[0]
    index = VectorIndex(held)
    assert set(index.nearest(asked, limit=5).tolist()) == exact(held, asked, 5)
    assert index.near(asked, np.array([7, 3])) == pytest.approx(held[[7, 3]] @ asked, abs=1e-4)
    assert index.likeness(np.arange(5)) == pytest.approx(held[:5] @ held[:5].T, abs=1e-4)


def test_signs_lead_to_the_nearest_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question near some vector is found with it, though few are compared."""
    monkeypatch.setattr(vectors, "COMPARED_WHOLE", 100)
    monkeypatch.setattr(vectors, "COMPARED", 40)
    held = drawn(2000)
    index = VectorIndex(held)
    for number in range(0, 2000, 100):
        asked = held[number] + 0.7 * drawn(1, seed=number)[0]
        found = index.nearest(asked / np.linalg.norm(asked), limit=10)
        assert number in found
        assert len(found) == 10


def test_an_added_vector_is_found_and_a_removed_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for compared in (1000, 0):
        monkeypatch.setattr(vectors, "COMPARED_WHOLE", compared)
        held, new = drawn(30), drawn(1, seed=9)[0]
        index = VectorIndex(held)
        assert index.add(new) == 30
        assert 30 in index.nearest(new, limit=1)
        index.remove(30)
        assert 30 not in index.nearest(new, limit=30)
        assert len(index.nearest(new, limit=100)) == 30
        for number in range(30):
            index.remove(number)
        assert not len(index.nearest(new, limit=5))


def test_vectors_that_were_kept_are_not_made_again() -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return np.array([[len(text), 1] for text in texts], np.float32)

    remembered = RememberedVectors(encode)
    remembered.keep(["a", "bbb", "a"])
    assert asked == ["a", "bbb"]
    found = remembered(["bbb", "cc", "a"])
    assert found is not None
    assert found[:, 0].tolist() == [3, 2, 1]
    assert asked == ["a", "bbb", "cc"]
    remembered.keep(["cc"])
    remembered(["a"])
    remembered.keep([])  # which an encoder is not asked about
    assert asked == ["a", "bbb", "cc", "a"]


def test_an_encoder_that_fails_gives_no_vectors() -> None:
    assert RememberedVectors(lambda _: None)(["a"]) is None


def test_a_text_that_was_encoded_lately_is_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_vectors, "_LATEST", 2)
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Vectors | None:
        asked.extend(texts)
        return None if "?" in texts else np.array([[len(text), 1] for text in texts], np.float32).reshape(-1, 2)

    recent = RecentVectors(encode)
    for text in ("a", "a", "bb", "?", "ccc"):
        recent([text])
    assert asked == ["a", "bb", "?", "ccc"]
    found = recent(["bb", "dddd", "bb", "ccc"])
    assert found is not None
    assert found.tolist() == [[2, 1], [4, 1], [2, 1], [3, 1]]
    assert asked[4:] == ["dddd"]
    recent(["a"])
    assert asked[5:] == ["a"]
    assert recent(["?"]) is None
    none = recent([])
    assert none is not None
    assert none.shape == (0, 2)


class Both:
    """An encoder that tells by the second vector of a text that it was read the first, second … time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, texts: Sequence[str]) -> Vectors | None:
        """Return the first vectors."""
        read = self.read(texts)
        return None if read is None else read.vectors

    def read(self, texts: Sequence[str]) -> TextVectors | None:
        """Return both."""
        if "?" in texts:
            return None
        self.count += 1
        return TextVectors(np.ones((len(texts), 2), np.float32), np.full((len(texts), 3), self.count, np.float32))


@pytest.mark.parametrize("kind", [RecentVectors, RememberedVectors])
def test_how_a_text_is_put_is_kept_beside_what_it_means(kind: type[RecentVectors] | type[RememberedVectors]) -> None:
    kept = kind(Both())
    assert kept(["a"]) is not None
    read = kept.read(["a", "b"])
    assert read is not None
    assert read.vectors.tolist() == [[1, 1], [1, 1]]
    assert read.manners is not None
    assert read.manners.tolist() == [[1] * 3, [2] * 3]
    assert kept.read(["a", "?"]) is None


def test_of_vectors_from_before_nobody_knows_how_a_text_was_put() -> None:
    kept = RememberedVectors(Both(), {"old": np.ones(2, np.float32)})
    read = kept.read(["old", "new"])
    assert read is not None
    assert read.manners is None


def test_a_number_may_be_given_its_vector_later() -> None:
    held = drawn(6)
    index = VectorIndex(np.empty((0, 96), np.float32))
    index.remove(3)
    index.put(np.array([4, 1]), held[[4, 1]])
    assert index.has(np.arange(6)).tolist() == [False, True, False, False, True, False]
    assert index.nearest(held[4], limit=6).tolist() == [1, 4]
    index.put(np.array([2]), held[[2]])
    assert index.near(held[2], np.array([2]))[0] == pytest.approx(1, abs=1e-4)
    index.put(np.array([5]), held[[5]])
    assert index.has(np.arange(6)).tolist() == [False, True, True, False, True, True]
