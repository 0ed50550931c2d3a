"""Show how words and their trigrams are numbered."""

from bot.core.searching.sparse.gram_index import LONGEST_WORD, WordTable, trigrams


def columns(table: WordTable, *words: str) -> set[int]:
    return set(table.columns(words)[0].tolist())


def test_words_are_numbered_as_they_come() -> None:
    table = WordTable(["card", "cards"])
    assert table.claim(["cards", "lost", "cards"]).tolist() == [1, 2]
    assert len(table) == 3


def test_beginnings_and_ends_of_words_count_as_such() -> None:
    assert trigrams("abc") == {" ab", "abc", "bc "}
    assert trigrams("a") == {" a "}


def test_each_trigram_of_a_word_is_there_once() -> None:
    assert trigrams("anananan") == {" an", "ana", "nan", "an "}


def test_a_typo_keeps_most_trigrams() -> None:
    assert len(trigrams("withdrawal") & trigrams("withdrawel")) > len(trigrams("withdrawal")) / 2


def test_a_flood_stays_small() -> None:
    assert trigrams("x" * 4000) == {" xx", "xxx", "xx "}
    assert trigrams("ab" * 40) == trigrams(("ab" * 40)[:LONGEST_WORD])


def test_an_unknown_word_has_the_trigrams_that_known_ones_have() -> None:
    table = WordTable(["card"])
    assert len(columns(table, "cardy") & columns(table, "card")) == len({" ca", "car", "ard"})
    assert not columns(table, "lost")


def test_a_trigram_counts_for_each_distinct_word_that_has_it() -> None:
    table = WordTable(["card", "cargo"])
    found, times = table.columns(["card", "cargo", "card"])
    assert sorted(times.tolist()) == [1] * 5 + [2, 2]
    assert len(set(found.tolist())) == len(found)


def test_a_word_that_came_since_is_known_in_full() -> None:
    table = WordTable(["card"])
    assert not columns(table, "lost")
    table.claim(["lost"])
    assert columns(table, "lost") == set(table.grams.of(1).tolist())


def test_each_trigram_knows_its_words() -> None:
    table = WordTable(["card", "care"])
    table.claim(["cargo"])
    for number in range(3):
        assert all(number in table.words.of(column) for column in table.grams.of(number).tolist())
    found, _ = table.columns(["card"])
    assert sum(table.words.sizes(found)) > len(found)
