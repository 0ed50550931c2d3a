"""Run the comparison of learning on a small set, and hold its parts to the obvious."""

from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from bench.learning import Asked, Fuzzy, Ours, learn, main, measured, plan, tuned, tuned_threshold
from bench.learning_curve import Step, draw
from bot.core.models import Entry
from bot.core.searching.lexicon import Lexicon
from tests.shared import shared

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # measurements, on a machine that may be busy

FEES = Entry(id="fees", question="How much is a withdrawal?", answer="", aliases=("wd fee", "what does it cost"))
FREEZE = Entry(id="freeze", question="How do I freeze my account?", answer="", aliases=("lock it", "stop the account"))
ENTRIES = (FEES, FREEZE)


def test_a_phrasing_is_known_held_back_or_streamed_and_never_two_of_them() -> None:
    what = plan(ENTRIES, held=1)
    assert [entry.phrasings for entry in what.entries] == [(FEES.question,), (FREEZE.question,)]
    assert len(what.held) == 1
    assert {*what.held, *what.stream} == {Asked(text, entry.id) for entry in ENTRIES for text in entry.aliases}
    assert len(what.stream) == 3


@pytest.mark.parametrize("kind", ["ours", "fuzzy"])
def test_a_bot_answers_what_it_was_taught_and_only_reviews_count(kind: str) -> None:
    bot = Ours(ENTRIES, Lexicon(), None) if kind == "ours" else Fuzzy(ENTRIES)
    if isinstance(bot, Fuzzy):
        bot.threshold = 90
    known, new = Asked(FEES.question, "fees"), Asked("zanzibar quokka turnip", "freeze")
    assert (bot.ask(known.text), bot.ask(new.text)) == ("fees", None)

    measures: list[int] = []

    def measure(done: int) -> Step:
        measures.append(done)
        return measured(bot, [known, new], reviews=done)

    learn(bot, [known, known, new, Asked("never seen umbrella", "fees")], measure, reviews=1)
    assert bot.ask(new.text) == "freeze"
    assert bot.ask("never seen umbrella") is None
    assert measures == [0]


def test_shares_are_of_all_questions() -> None:
    bot = Fuzzy(ENTRIES)
    bot.threshold = 90
    held = [Asked(FEES.question, "fees"), Asked(FREEZE.question, "fees"), Asked("xyz", "fees"), Asked("uvw", "fees")]
    assert measured(bot, held, reviews=7) == Step(7, 0.25, 0.25)


@pytest.mark.parametrize(
    ("wrong", "threshold"),
    [(0, 80), (1, 60), (2, 50), (3, 40), (4, 0)],
)
def test_a_threshold_answers_as_much_as_so_many_wrong_answers_allow(wrong: int, threshold: float) -> None:
    scores = [90, 80, 70, 60, 50, 40]
    right = [True, True, False, True, False, False]
    assert tuned_threshold(scores, right, wrong=wrong) == threshold


def test_two_that_score_alike_stand_or_fall_together() -> None:
    assert tuned_threshold([90, 70, 70], [True, False, False], wrong=1) == 70


def test_the_rival_errs_at_least_as_often_as_ours() -> None:
    bot = Fuzzy(ENTRIES)
    held = [Asked("how much is it", "fees"), Asked("a withdrawal is what", "freeze")]
    wrong = tuned(bot, held, like=Step(0, 0.0, 0.5)).wrong
    assert wrong == 0.5
    assert tuned(bot, held[1:], like=Step(0, 0.0, 0.0)).wrong == 1


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
def test_the_curves_are_drawn(tmp_path: Path) -> None:
    steps = [Step(0, 0.1, 0.01), Step(100, 0.3, 0.01)]
    draw(steps, steps, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_ours_learns_more_from_the_same_reviews(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(shared("data", "banking77", "kall")), "--reviews", "200", "--held", "200"])
    rows = [line.replace("%", "").split() for line in capsys.readouterr().out.splitlines()[3:]]
    reviews, ours, ours_wrong, theirs, theirs_wrong = (list(map(float, column)) for column in zip(*rows, strict=True))
    assert reviews == [0, 100, 200]
    assert all(later > earlier for earlier, later in pairwise(ours))
    assert ours[-1] > 2 * theirs[-1]
    assert all(one <= other for one, other in zip(ours_wrong, theirs_wrong, strict=True))
