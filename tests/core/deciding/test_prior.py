"""Show that the share of questions that fit nothing is found from confidences alone."""

import random

import pytest

from bot.core.deciding.adaptation import FEWEST, FEWEST_OWN, MOST, MOST_OWN, OwnPhrasings, estimate, shifted
from bot.core.deciding.decision import Thresholds, adapted, decide
from bot.core.deciding.ranking import Ranking
from bot.core.models import Answered, Match, Suggested
from tests.core.faqs import index

BASE = 0.3


def log(share: float, count: int, *, seed: int = 7) -> list[float]:
    """Return how likely "nothing fits" was for questions of which such a share fits nothing, were it `BASE` of them."""
    chance = random.Random(seed)  # noqa: S311  # a seed is the point

    def seen(*, nothing: bool) -> float:
        likely = chance.betavariate(5, 2) if nothing else chance.betavariate(2, 5)  # as densities, 5 to 2 and 2 to 5
        told, other = likely**4 * (1 - likely), likely * (1 - likely) ** 4
        return BASE * told / (BASE * told + (1 - BASE) * other)

    return [seen(nothing=chance.random() < share) for _ in range(count)]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_the_share_is_found(share: float) -> None:
    found = estimate(log(share, 5_000), base=BASE)

    assert found is not None
    assert found.share == pytest.approx(share, abs=0.03)
    assert (found.nothing > 0) is (share > BASE) or share == BASE


def test_a_short_log_changes_little_and_a_shorter_one_nothing() -> None:
    short, long = (estimate(log(0.6, count), base=BASE) for count in (FEWEST, 2_000))

    assert short is not None
    assert long is not None
    assert 0 < short.nothing < long.nothing
    assert estimate(log(0.6, FEWEST - 1), base=BASE) is None


@pytest.mark.parametrize(("nothing", "by"), [(1.0, MOST), (0.0, -MOST)])
def test_it_is_bounded(nothing: float, by: float) -> None:
    found = estimate([nothing] * 10_000, base=BASE)

    assert found is not None
    assert found.nothing == by


UNSURE = (0.3, 0.5, 0.6, 0.7)
OTHERS = (0.6, 0.8, 0.9, 0.95)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_where_the_bot_is_unsure_of_everything_its_own_phrasings_tell_so(share: float) -> None:
    own = OwnPhrasings(known=UNSURE * 25, unknown=OTHERS * 25)
    without = round(1_000 * share)
    logged = [*(UNSURE * 250)[: 1_000 - without], *(OTHERS * 250)[:without]]

    told, by_confidence = estimate(logged, base=BASE, own=own), estimate(logged, base=BASE)

    assert told is not None
    assert by_confidence is not None
    assert told.share == pytest.approx(share, abs=0.08)
    assert by_confidence.share > max(share, 0.6)


@pytest.mark.parametrize(("nothing", "by"), [(1.0, MOST_OWN), (0.0, -MOST_OWN)])
def test_by_own_phrasings_it_is_bounded_too(nothing: float, by: float) -> None:
    found = estimate([nothing] * 10_000, base=BASE, own=OwnPhrasings(known=(0.0,) * 100, unknown=(1.0,) * 100))

    assert found is not None
    assert found.nothing == by


def test_a_log_about_few_entries_moves_less() -> None:
    own = OwnPhrasings(known=UNSURE * 25, unknown=OTHERS * 25)

    many, few = (estimate(UNSURE * 25, base=BASE, own=own, topics=topics) for topics in (50, 4))

    assert many is not None
    assert few is not None
    assert many.nothing < few.nothing < 0


def test_few_own_phrasings_tell_nothing() -> None:
    few = OwnPhrasings(known=(0.9,) * (FEWEST_OWN - 1), unknown=(0.9,) * 100)

    assert estimate(log(0.3, 200), base=BASE, own=few) == estimate(log(0.3, 200), base=BASE)


def test_probabilities_are_shifted_by_log_odds() -> None:
    assert shifted([0.5, 0.25], 0.0) == [0.5, 0.25]
    first, second = shifted([0.5, 0.25], 1.0)
    assert first / second == pytest.approx(2)
    assert first + second < 0.75
    assert shifted([0.5, 0.5], 1.0) == [0.5, 0.5]
    assert shifted([], 1.0) == []


def test_where_nothing_fits_oftener_it_takes_more_to_answer() -> None:
    limits = Thresholds(answer=0.6, suggest=0.1, ambiguity=0.2)
    match = Match(entry_id="a", phrase="a", confidence=0.65, features={"spelling": 0.5, "found": 1.0})
    ranking = Ranking(index().query("reset my password"), (match,))

    assert isinstance(decide(ranking, thresholds=limits).decision, Answered)
    strict = Thresholds(answer=0.6, suggest=0.1, ambiguity=0.2, nothing=0.7)
    decision = decide(ranking, thresholds=strict).decision
    assert isinstance(decision, Suggested)
    assert decision.matches == adapted((match,), 0.7)
