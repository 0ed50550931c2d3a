"""Entries that are compared with each other: misplaced answers, copies, contradictions, confused phrasings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.checking.copies import amounts, contradicts
from bot.core.checking.examining import Rules, examine
from bot.core.checking.findings import Check, Checked, CheckFinding
from bot.core.checking.likeness import as_read_in, best_between, said, without, word_vectors
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Status
from bot.core.searching.vectors import Model, Vectors
from tests.core.faqs import LEXICON

TODAY = date(2026, 11, 30)
SHOP = (
    Entry(
        id="hours", question="When is the bakery open?", answer="The bakery is open from seven until noon, but Monday."
    ),
    Entry(id="rye", question="Do you sell rye bread?", answer="Rye bread is sold on Tuesday, with whole grains."),
    Entry(
        id="cake", question="How do I order a wedding cake?", answer="Order a wedding cake two weeks ahead by phone."
    ),
    Entry(id="gluten", question="Which rolls have no gluten?", answer="Rolls of rice flour have no gluten in them."),
    Entry(id="voucher", question="Where can I buy a voucher?", answer="Buy a voucher at the till or by post."),
    Entry(id="parking", question="Is there parking for bicycles?", answer="Bicycles have parking behind the house."),
)


def checked(entries: Sequence[Entry]) -> list[Checked]:
    return [Checked(entry=entry) for entry in entries]


def found(entries: Sequence[Entry]) -> list[tuple[Check, str | None]]:
    """Return what a check by words finds among entries."""
    return [
        (each.check, each.entry_id) for each in examine(checked(entries), Rules(lexicon=LEXICON, today=TODAY)).findings
    ]


def test_a_sound_faq_is_clean() -> None:
    assert found(SHOP) == []


def test_exchanged_answers_are_found() -> None:
    hours, rye, *others = SHOP
    exchanged = (replace(hours, answer=rye.answer), replace(rye, answer=hours.answer), *others)
    assert found(exchanged) == [(Check.MISPLACED, "hours"), (Check.MISPLACED, "rye")]


def test_few_entries_tell_nothing() -> None:
    hours, rye = SHOP[:2]
    assert found((replace(hours, answer=rye.answer), replace(rye, answer=hours.answer))) == []


def test_the_same_question_twice_is_found() -> None:
    again = Entry(id="again", question="How do I order the wedding cake", answer="Come in and talk with Kim.")
    assert found((*SHOP, again)) == [(Check.NEAR_COPY, "again")]


@pytest.mark.parametrize(
    "changes", [{"audience": Audience.INTERNAL}, {"region": "EU"}, {"status": Status.RETIRED}, {"locale": "de"}]
)
def test_the_same_question_for_other_readers_is_no_copy(changes: dict[str, object]) -> None:
    again = Entry(id="again", question="How do I order the wedding cake", answer="Come in and talk with Kim.")
    assert Check.NEAR_COPY not in [check for check, _ in found((*SHOP, replace(again, **changes)))]  # type: ignore[arg-type]  # of one type each


def test_opposites_are_no_copies() -> None:
    lock = Entry(id="lock", question="How do I freeze my account?", answer="Freeze it in the app.")
    unlock = Entry(id="unlock", question="How do I unfreeze my account?", answer="Unfreeze it on the website.")
    assert Check.NEAR_COPY not in [check for check, _ in found((*SHOP, lock, unlock))]


def test_why_something_is_so_is_another_question_than_how_it_is_done() -> None:
    why = Entry(id="why", question="Why do I order a wedding cake?", answer="Since weddings have one.")
    assert Check.NEAR_COPY not in [check for check, _ in found((*SHOP, why))]


def test_numbers_of_one_unit_contradict_each_other() -> None:
    assert contradicts("Wait 24 hours.", "It takes 48 hours.") == ("'24 hours'", "'48 hours'")
    assert contradicts("Within two days.", "After 2 working days.") is None
    assert contradicts("Wait 24 hours, at most 3 days.", "Wait 3 days.") is None
    assert contradicts("It costs 5 %.", "It costs 1,000 euros.") is None
    assert contradicts("Until 5 May 2026.", "Until 6 May 2026.") == ("'5 May 2026'", "'6 May 2026'")
    assert contradicts("Innerhalb von 10 Tagen.", "Nach 14 vollen Tagen, das sind 14 Tage.") == (
        "'10 Tagen'",
        "'14 Tage'",
    )
    assert contradicts("Через 3 дня.", "Через 5 рабочих дней.") == ("'3 дня'", "'5 рабочих'")
    assert contradicts("En 3 días hábiles.", "Dentro de 3 días.") is None
    assert amounts("1. Wait 5 minutes\n2. Pay $1,000") == {"minut": {"5": "5 minutes"}, "$": {"1000": "$1,000"}}


def test_a_contradiction_between_copies_is_an_error() -> None:
    again = Entry(id="again", question="How do I order the wedding cake", answer="Order it three weeks ahead.")
    assert found((*SHOP, again)) == [(Check.CONTRADICTION, "again")]


LOCAL = tuple(
    replace(entry, answers=(LocalAnswer(locale="de", question=question, answer=answer),))
    for entry, question, answer in zip(
        SHOP,
        (
            "Wann ist die B\u00e4ckerei offen?",
            "Verkauft ihr Roggenbrot?",
            "Wie bestelle ich eine Hochzeitstorte?",
            "Welche Semmeln haben kein Gluten?",
            "Wo kaufe ich einen Gutschein?",
            "Gibt es einen Stellplatz f\u00fcr Fahrr\u00e4der?",
        ),
        (
            "Die B\u00e4ckerei ist von sieben bis zw\u00f6lf offen.",
            "Roggenbrot verkauft ihr euch dienstags mit ganzen K\u00f6rnern.",
            "Eine Hochzeitstorte bestelle zwei Wochen vorher am Telefon.",
            "Semmeln aus Reismehl haben kein Gluten.",
            "Einen Gutschein kaufe an der Kasse oder per Post.",
            "Einen Stellplatz f\u00fcr Fahrr\u00e4der gibt es hinter dem Haus.",
        ),
        strict=True,
    )
)


def local(entry: Entry, **changes: Any) -> Entry:  # noqa: ANN401  # fields of an answer
    """Return an entry with changes of its only local answer."""
    return replace(entry, answers=(replace(entry.answers[0], **changes),))


def findings(entries: Sequence[Entry]) -> list[CheckFinding]:
    """Return what a check by words finds, with all that is told of it."""
    return list(examine(checked(entries), Rules(lexicon=LEXICON, today=TODAY)).findings)


def test_a_sound_faq_in_two_languages_is_clean() -> None:
    assert found(LOCAL) == []


def test_exchanged_answers_of_a_locale_are_found() -> None:
    hours, rye, *others = LOCAL
    german, other = hours.answers[0].answer, rye.answers[0].answer
    (one, two) = findings((local(hours, answer=other), local(rye, answer=german), *others))

    assert [(each.check, each.entry_id, each.field) for each in (one, two)] == [
        (Check.MISPLACED, "hours", "answers"),
        (Check.MISPLACED, "rye", "answers"),
    ]
    assert one.what.startswith("for de, the answer fits 'Verkauft ihr Roggenbrot?' (rye) better")


def test_the_answer_of_another_question_for_a_region_is_found() -> None:
    hours, rye, *others = SHOP
    (one,) = findings((replace(hours, answers=(LocalAnswer(region="EU", answer=rye.answer),)), rye, *others))

    assert (one.check, one.entry_id, one.field) == (Check.MISPLACED, "hours", "answers")
    assert one.what.startswith("for EU, the answer fits")


def test_answers_for_regions_do_not_compete_with_that_of_their_own_entry() -> None:
    hours, *others = SHOP
    eu = LocalAnswer(region="EU", answer="The bakery is open from nine until noon, but Monday.")
    assert found((replace(hours, answers=(eu,)), *others)) == []


def test_an_answer_without_a_question_in_its_language_is_left_out() -> None:
    hours, rye, *others = LOCAL
    assert found((local(hours, question=None, answer=rye.answers[0].answer), rye, *others)) == []


def by_meaning(texts: Sequence[str]) -> Vectors:
    """Return vectors of texts in two languages, here those of their words as the dictionary of a shop has them."""
    known = (" ".join(WORDS.get(word.strip(".?,"), word) for word in text.split()) for text in texts)
    return word_vectors(list(known), LEXICON)


WORDS = {
    "B\u00e4ckerei": "bakery", "offen": "open", "Roggenbrot": "rye bread", "K\u00f6rnern": "grains",
    "Hochzeitstorte": "wedding cake", "bestelle": "order", "Semmeln": "rolls", "Gluten": "gluten",
    "Gutschein": "voucher", "kaufe": "buy", "Stellplatz": "parking", "Fahrr\u00e4der": "bicycles", "Haus": "house",
}  # fmt: skip


def test_by_meaning_an_answer_without_a_question_in_its_language_is_compared_too() -> None:
    rules = Rules(lexicon=LEXICON, today=TODAY, encoders={Model.MULTILINGUAL: by_meaning})
    hours, rye, *others = LOCAL
    german, other = hours.answers[0].answer, rye.answers[0].answer
    exchanged = (local(hours, question=None, answer=other), local(rye, question=None, answer=german), *others)
    british = replace(others[0], answers=(*others[0].answers, LocalAnswer(locale="en-GB", answer="Order it by phone.")))
    sound = (local(hours, question=None), local(rye, question=None), british, *others[1:])

    assert examine(checked(sound), rules).findings == ()
    (one, two) = examine(checked(exchanged), rules).findings
    assert [(each.check, each.entry_id, each.field) for each in (one, two)] == [
        (Check.MISPLACED, "hours", "answers"),
        (Check.MISPLACED, "rye", "answers"),
    ]
    assert one.what.startswith("for de, the answer fits 'Do you sell rye bread?' (rye) better")


def test_the_same_question_in_another_language_is_found() -> None:
    cake = "Eine Hochzeitstorte, wie bestelle ich?"
    again = replace(LOCAL[0], id="again", question="Who bakes?", answer="Kim.")
    (one,) = findings((*LOCAL, local(again, question=cake, answer="Kim backt.")))

    assert (one.check, one.entry_id, one.field) == (Check.NEAR_COPY, "again", "answers")
    assert "'Wie bestelle ich eine Hochzeitstorte?'" in one.what


def test_copies_in_two_languages_are_told_once() -> None:
    again = local(replace(LOCAL[2], id="again", question="How do I order the wedding cake"), question="Torte")
    assert found((*LOCAL, again)) == [(Check.NEAR_COPY, "again")]
    again = local(again, question="Eine Hochzeitstorte, wie bestelle ich?")
    assert found((*LOCAL, again)) == [(Check.NEAR_COPY, "again")]


def test_a_contradiction_between_answers_for_a_region_is_an_error() -> None:
    cake, others = SHOP[2], (*SHOP[:2], *SHOP[3:])
    one = replace(cake, answers=(LocalAnswer(region="EU", answer="Order it two weeks ahead for 5 %."),))
    again = replace(one, id="again", question="How do I order the wedding cake")
    other = local(again, answer="Order it two weeks ahead for 7 %.")
    assert found((*others, one, again)) == [(Check.NEAR_COPY, "again")]

    (error,) = findings((*others, one, other))
    assert (error.check, error.field) == (Check.CONTRADICTION, "answers")
    assert error.what == "for EU, the answer says '7 %', and that of cake, which asks the same, '5 %'"


def test_opposites_of_which_the_language_is_not_known_are_no_copies() -> None:
    on = Entry(
        id="on", locale="de", question="Wie schalte ich die Zwei-Faktor-Anmeldung meines Kontos ein?", answer="So."
    )
    off = replace(on, id="off", question="Wie schalte ich die Zwei-Faktor-Anmeldung meines Kontos aus?", answer="Nein.")
    assert Check.NEAR_COPY not in [check for check, _ in found((on, off))]


def test_an_entry_reads_in_a_language_with_the_phrasings_of_that() -> None:
    brazil = LocalAnswer(locale="pt-BR", answer="Na loja.", question="Onde compro?", aliases=("comprar",))
    south = LocalAnswer(locale="pt-BR", region="South", answer="No sul.")
    entry = replace(SHOP[0], answers=(replace(south, region="North"), brazil, south))
    view = as_read_in(Checked(entry=entry, place="faq.yaml:1"), "pt")

    assert view is not None
    assert (view.entry.question, view.entry.aliases) == ("Onde compro?", ("comprar",))
    assert (view.entry.answer, view.entry.region) == ("No sul.", "North")
    assert view.entry.answers == (replace(brazil, question=None, aliases=()), south)
    assert (view.place, view.translated, view.field_of("comprar")) == ("faq.yaml:1", True, "answers")
    assert as_read_in(Checked(entry=entry), "fr") is None


def test_a_phrasing_goes_from_where_it_stands() -> None:
    german = LocalAnswer(locale="de", question="Wann?", aliases=("Wie lange?",), answer="Bis zw\u00f6lf.")
    entry = Entry(id="hours", question="When?", answer="Until noon.", answers=(german,))

    assert without(entry, "Wann?").answers == (replace(german, question="Wie lange?", aliases=()),)
    alone = without(entry, "When?")
    assert (alone.question, alone.aliases, alone.answers) == ("Wann?", (), (german,))


def test_a_phrasing_that_another_entry_would_answer_is_found() -> None:
    deposit = Entry(
        id="deposit", question="How do I pay money in?", aliases=("fees for a withdrawal",), answer="By card, at once."
    )
    fees = Entry(
        id="fees",
        question="What are the fees for a withdrawal?",
        aliases=("withdrawal fees", "fees of withdrawals"),
        answer="A withdrawal costs nothing.",
    )
    assert (Check.CONFUSED, "deposit") in found((*SHOP, deposit, fees))


def test_vectors_of_words_are_near_where_words_are_shared() -> None:
    rye, bread, nothing = word_vectors(["rye bread", "bread", "of the"], LEXICON)
    assert rye @ bread > 0.3
    assert not nothing.any()
    vectors = said(SHOP, LEXICON, None)
    near = best_between(vectors)
    assert near.argmax(axis=1).tolist() == [*range(len(SHOP))]
