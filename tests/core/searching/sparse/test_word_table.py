"""Show how words and their n-grams are numbered."""

from bot.core.searching.sparse.word_table import WordTable


def test_words_are_numbered_as_they_come() -> None:
    table = WordTable(["card", "cards"])
    assert table.claim(["cards", "lost", "cards"]).tolist() == [1, 2]
    assert len(table) == 3


def test_an_unknown_word_has_the_ngrams_that_known_ones_have() -> None:
    table = WordTable(["card"])
    known, unknown = table.columns(["card"]).tolist(), table.columns(["cardy"]).tolist()
    assert min(known) >= 0
    assert -1 in unknown
    shared = [" c", "ca", "ar", "rd", " ca", "car", "ard", " car", "card", " card"]
    assert len(set(known) & set(unknown)) == len(shared)


def test_a_word_that_came_since_is_known_in_full() -> None:
    table = WordTable(["card"])
    assert -1 in table.columns(["lost"]).tolist()
    table.claim(["lost"])
    assert table.columns(["lost"]).tolist() == table.grams.of(1).tolist()


def test_a_word_that_came_since_makes_others_less_strange() -> None:
    table = WordTable(["card"])
    before = table.columns(["lots"]).tolist().count(-1)
    table.claim(["lost"])
    assert table.columns(["lots"]).tolist().count(-1) < before


def test_each_ngram_knows_its_words() -> None:
    table = WordTable(["card", "care"])
    table.claim(["cargo"])
    for number in range(3):
        assert all(number in table.words.of(column) for column in table.grams.of(number).tolist())
    assert sum(table.words.sizes(table.columns(["card"]))) > len(table.columns(["card"]))
