"""Run the comparison of speed at a tiny size, with what is installed."""

import random
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.made_up import invented, made_up
from bench.rivals import RIVALS, missing
from bench.speed import SEED, labelled, main, task
from bot.core.models import Entry

pytestmark = pytest.mark.slow


def faq(count: int, *, pack_only: bool = False) -> list[Entry]:
    chance = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    return made_up(count, chance, pack_only=pack_only)


@pytest.mark.parametrize("name", RIVALS)
def test_every_rival_finds_and_learns(name: str) -> None:
    if name in missing():
        pytest.skip(f"{name} is not installed")
    entries = faq(60)
    rival = RIVALS[name](entries)
    assert rival.ask(entries[3].aliases[1]) == entries[3].id
    rival.add(entries[5], "zanzibar quokka turnip")
    assert rival.ask("zanzibar quokka turnip") == entries[5].id


def test_one_run_prints_a_row_for_each_rival(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rivals = ["faqbot", "FTS5", "tantivy"]
    main(["--phrases", "60", "120", "--questions", "12", "--data", str(tmp_path), "--rivals", *rivals])
    out = capsys.readouterr().out
    rows = Counter(line.split()[0] for line in out.splitlines() if "noisy" in line)
    assert rows == {name: 2 for name in rivals if name not in missing()}
    assert ("left out: tantivy" in out) is ("tantivy" in missing())
    assert "60 phrasings" in out
    assert "120 phrasings" in out


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
def test_the_curve_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "curve.png"
    main(["--phrases", "30", "60", "--questions", "4", "--rivals", "faqbot", "FTS5", "--png", str(picture)])
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_phrasings_are_as_many_as_asked_for_and_the_same_each_time() -> None:
    entries = faq(203)
    assert sum(len(entry.phrasings) for entry in entries) == 203
    assert entries == faq(203)
    assert entries != faq(203, pack_only=True)


def test_the_vocabulary_grows_but_slower_than_the_phrasings() -> None:
    def words(count: int) -> int:
        entries = faq(count)
        return len({word for entry in entries for text in entry.phrasings for word in text.split()})

    few, many = words(1_000), words(4_000)
    assert 1.5 * few < many < 4 * few


def test_invented_words_differ() -> None:
    assert len({invented(rank) for rank in range(10_000)}) == 10_000


def test_half_of_the_questions_are_labelled_where_there_are_labels() -> None:
    data = Path(__file__).parents[3] / "shared" / "data"
    known, asked = labelled(data)
    what = task(500, questions=40, data=data, pack_only=False)
    kinds = Counter(question.kind == "noisy" for question in what.questions)
    assert kinds[True] + kinds[False] == 40
    assert kinds[False] == (20 if asked else 0)
    ids = {entry.id for entry in what.entries}
    assert all(question.expect <= ids for question in what.questions)
    assert {entry.id for entry in known} <= ids
