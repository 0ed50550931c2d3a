"""Show which entries use which stems."""

import numpy as np

from bot.core.searching.stems import StemTable


def table(*rows: str) -> StemTable:
    stems = StemTable()
    for row in rows:
        stems.add(row.split())
    return stems


def test_a_stem_is_counted_once_an_entry() -> None:
    stems = table("card card lost", "card", "phone")
    assert [stems.frequency(stem) for stem in ("card", "lost", "none")] == [2, 1, 0]
    stems.remove(0)
    assert [stems.frequency(stem) for stem in ("card", "lost")] == [1, 0]


def test_entries_use_stems_as_they_are_or_misspelt() -> None:
    stems = table("withdraw card", "withdrw", "deposit", "car")
    found = stems.uses(["withdraw", "car", "none"], np.arange(4))
    assert found == [{"withdraw"}, {"withdraw"}, set(), {"car"}]


def test_rows_are_told_in_the_order_asked() -> None:
    stems = table("card", "phone", "card phone")
    assert stems.uses(["phone"], np.array([2, 0, 1])) == [{"phone"}, set(), {"phone"}]


def test_a_removed_entry_uses_nothing() -> None:
    stems = table("card", "card")
    stems.remove(0)
    assert stems.uses(["card"], np.arange(2)) == [set(), {"card"}]


def test_a_stem_that_came_since_it_was_asked_about_counts() -> None:
    stems = table("card")
    assert stems.uses(["withdraw"], np.arange(1)) == [set()]
    stems.add(["withdrw"])
    assert stems.uses(["withdraw"], np.arange(2)) == [set(), {"withdraw"}]
