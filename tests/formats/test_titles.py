# ruff: noqa: RUF001  # letters of other languages
"""Show which titles are the same, and which ids they get."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.titles import assign_ids, normalise_key, slug, title_key


@pytest.mark.parametrize(
    "same",
    [
        "what's new?",
        "What\u2019s  new",
        "WHAT'S\u00a0NEW\u2026",
        " What's new?! ",
        "\uff37hat`s new",
        "What\u00b4s new.",
    ],
)
def test_spelling_makes_no_other_title(same: str) -> None:
    assert title_key(same) == title_key("What's new?")


@pytest.mark.parametrize("other", ["What's new? (web)", "What's new in C++?", "Whats new?", "What's new, today?"])
def test_words_and_marks_within_make_another_title(other: str) -> None:
    assert title_key(other) not in {title_key("What's new?"), title_key("What's new in C?"), title_key("")}


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("Can't log-in?!", "can t log in"),
        ("  STRASSE / Straße ", "strasse strasse"),
        ("\uff32e\u00adset 2\uff26\uff21\u200b", "reset 2fa"),
        ("गोपनीय की", "गोपनीय की"),
        ("🎉 ... 🙏🏽", ""),
        ("\u0301", ""),
    ],
)
def test_keys_keep_letters_marks_and_digits(phrase: str, key: str) -> None:
    assert normalise_key(phrase) == key


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("What's OK? (web)", "whats-ok-web"),
        ("What\u2019s OK (web)", "whats-ok-web"),
        ("Café & crème: 100 % \u2014 déjà vu", "cafe-creme-100-deja-vu"),
        ("Größe", "grosse"),
        ("5€ a→b → c", "5-ab-c"),
        ("x" * 70, "x" * 60),
        ("a " * 40, "-".join("a" * 30)),
        (f"{'a' * 50} {'b' * 9} c", f"{'a' * 50}-{'b' * 9}"),
        (f"{'a' * 50} {'b' * 10}", "a" * 50),
    ],
)
def test_a_slug_is_the_title_in_plain_letters(title: str, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("如何充值？", "ru-he-chong-zhi"),
        ("如何 reset 2FA", "ru-he-reset-2fa"),
        ("Как сменить пароль?", "kak-smenit-parol"),
        ("Łódź & Straße", "lodz-strasse"),
        ("Şifremi nasıl değiştiririm?", "sifremi-nasil-degistiririm"),
        ("Πώς αλλάζω κωδικό;", "pos-allazo-kodiko"),
        ("비밀번호 변경", "bimilbeonho-byeongyeong"),
    ],
)  # fmt: skip
def test_letters_of_other_scripts_are_written_in_latin_ones(title: str, expected: str) -> None:
    assert slug(title) == expected
    assert slug(f"{title}?") == expected


def test_a_title_without_letters_is_named_by_a_stable_hash() -> None:
    assert slug("\U0001f389 ...") == slug("\U0001f389 ...") != slug("\U0001f64f")
    assert slug("\U0001f64f").startswith("q-")


def test_different_titles_with_one_slug_are_numbered_in_the_order_of_the_alphabet() -> None:
    titles = ["a b", "a-b", "a/b", "c"]
    expected = {"a b": "a-b", "a-b": "a-b-2", "a/b": "a-b-3", "c": "c"}
    assert assign_ids(titles) == assign_ids(titles[::-1]) == expected


def test_a_number_never_takes_the_id_of_another_title_or_record() -> None:
    ids = assign_ids(["a b", "a/b", "a b 2"], taken={"a-b-3"})
    assert ids == {"a b": "a-b", "a b 2": "a-b-2", "a/b": "a-b-4"}
    assert assign_ids(["a b", "a-b", "a-b 2"]) == {"a b": "a-b", "a-b": "a-b-3", "a-b 2": "a-b-2"}


def test_a_slug_that_a_record_names_is_left_to_it() -> None:
    assert assign_ids(["a b", "a/b"], taken={"a-b"}) == {"a b": "a-b-2", "a/b": "a-b-3"}


@given(st.sets(st.text(alphabet="ab -/é如", max_size=6), max_size=12))
def test_ids_are_valid_unique_and_independent_of_order(titles: set[str]) -> None:
    ids = assign_ids(sorted(titles))
    assert ids == assign_ids(sorted(titles, reverse=True))
    assert set(ids) == titles
    assert len(set(ids.values())) == len(ids)


@given(st.text())
def test_slugs_are_valid_ids(title: str) -> None:
    words = slug(title)
    assert words.strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""
    assert 0 < len(words) <= 80
    assert not words.startswith("-")
    assert not words.endswith("-")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert title_key(title_key(text)) == title_key(text)
    assert normalise_key(normalise_key(text)) == normalise_key(text)
