"""What the bot says exists in each language, whole and with the same values in it, and fits where it is shown."""

import ast
import asyncio
import re
from datetime import UTC, date, datetime
from string import Formatter

import pytest
from babel.messages.catalog import Message as Translation

from bot.adapters.discord.showing import parts as on_discord
from bot.adapters.slack.showing import parts as on_slack
from bot.chat.markdown import width
from bot.core.models import Audience, IgnoreReason, ItemStatus, Surface
from bot.core.searching.contrasts.comparison import Difference, Kind
from bot.core.wording import labels, reasons
from bot.core.wording.labels import Label
from bot.core.wording.languages import (
    LANGUAGES,
    Counted,
    Message,
    counted,
    day,
    day_of_year,
    is_language,
    language_for,
    language_name,
    moment,
    speaking,
    spoken,
)
from bot.core.wording.outcomes import resolved
from tests.catalogues import ROOT, TRANSLATED, said, translated

NAMES = 24
"""Slack shows as much of the title of a dialog, the least of all places for a label."""

QUESTIONS = Counted("{count} question", "{count} questions")
MARKS = ("**", "`", "\n")
FEW = 2
WORDS = re.compile(r"\b[a-z]+\b(?!})", re.IGNORECASE)
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def values(text: str) -> set[str]:
    """Return the names of what stands in a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(message: Translation) -> list[tuple[str, str]]:
    """Return each form of a message in a language, with the English that it stands for."""
    english = message.id if isinstance(message.id, str) else message.id[1]
    texts = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    return [(english, text) for text in texts]


def messages(language: str) -> list[Translation]:
    """Return the translations into a language, without the header of the file."""
    return [each for each in translated(language) if each.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_all_is_translated_and_nothing_else(language: str) -> None:
    catalogue = translated(language)
    wanted = {each.id for each in said() if each.id}

    assert {each.id for each in catalogue if each.id} == wanted, "bring it in line with: python -m tests.catalogues"
    assert [each.id for each in messages(language) if each.fuzzy or not all(text for _, text in forms(each))] == []
    assert catalogue.obsolete == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_plural_is_missing(language: str) -> None:
    catalogue = translated(language)
    plurals = [each for each in catalogue if isinstance(each.id, tuple)]

    assert {len(forms(each)) for each in plurals} == {catalogue.num_plurals}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_same_values_and_marks_stand_in_each_form(language: str) -> None:
    pairs = [pair for each in messages(language) for pair in forms(each)]

    for english, text in pairs:
        lacking = values(english) ^ values(text)
        assert lacking <= ({"count"} if "{count}" in english and "{count}" not in text else set()), text
        assert [text.count(mark) for mark in MARKS] == [english.count(mark) for mark in MARKS], text
        assert (text[:2] == "- ", text[:2] == "  ") == (english[:2] == "- ", english[:2] == "  "), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_form_without_its_number_is_for_one_alone(language: str) -> None:
    plurals = [forms(each)[1:] for each in messages(language) if isinstance(each.id, tuple)]

    assert [
        form for others in plurals for english, form in others if ("{count}" in english) != ("{count}" in form)
    ] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_unseen_stands_in_a_text(language: str) -> None:
    texts = [text for each in messages(language) for _, text in forms(each)]

    assert [text for text in texts if UNSEEN.search(text) or text != text.rstrip() or "  " in text.lstrip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_left_in_english(language: str) -> None:
    pairs = [pair for each in messages(language) for pair in forms(each)]

    assert [text for english, text in pairs if english == text and len(WORDS.findall(english)) > FEW] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_on_both_platforms(language: str) -> None:
    with speaking(language):
        names = {each: str(each) for each in Label}
        lines = [
            str(each)
            for labelled in (labels.STATUSES, labels.KINDS, labels.REASONS, labels.MODES, labels.AUDIENCES)
            for each in labelled.values()
        ] + [str(each) for each in labels.SNOOZES.values()]
        described = {name: str(each) for name, each in vars(labels).items() if isinstance(each, Message)}

    assert {each: name for each, name in names.items() if width(name) > NAMES} == {}
    assert [line for line in lines if width(line) > min(on_slack.OPTION, on_discord.OPTION)] == []
    on_menu = {name for name in described if name in {"ANSWER_MESSAGE", "USE_AS_ANSWER", "SUGGEST"}}
    assert {name for name in on_menu if width(described[name]) > 32} == set()
    assert {name for name in described if width(described[name]) > 100} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_that_stand_together_differ(language: str) -> None:
    with speaking(language):
        rows: list[list[Label | Message]] = [
            [Label.HELPFUL, Label.NOT_THIS, Label.NONE_OF_THESE, Label.HUMAN, Label.REMOVE, Label.SHARE],
            [Label.ANSWER, Label.LINK, Label.ACCEPT, Label.MERGE, Label.DISMISS, Label.ASSIGN, Label.SNOOZE],
            [Label.REOPEN, Label.REVERT, Label.CANCEL, Label.CLOSE, Label.SAVE, Label.SEND, Label.SHOW],
            [Label.EDIT, Label.ADD_PHRASING, Label.REMOVE_PHRASING, Label.RETIRE, Label.CORRECT],
            [Label.EXPORT, Label.FORGET, Label.OPT_OUT, Label.OPT_IN],
            list(labels.STATUSES.values()),
            list(labels.KINDS.values()),
            list(labels.REASONS.values()),
            list(labels.MODES.values()),
        ]
        for row in rows:
            assert len({str(each) for each in row}) == len(row)


def test_messages_are_written_out_where_they_can_be_collected() -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    trees = [ast.parse(source) for source in sources if "Message(" in source or "Counted(" in source]
    made = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [node for node in made if isinstance(node.func, ast.Name) and node.func.id in {"Message", "Counted"}]
    texts = [[ast.literal_eval(argument) for argument in node.args] for node in made]

    assert {tuple(each) if each[1:] else each[0] for each in texts} == {each.id for each in said() if each.id}


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        (("de",), "de"),
        (("pt-BR",), "en"),
        (("zh-CN", "de"), "zh"),
        (("xx", "de"), "en"),
        ((None, "tr"), "tr"),
        ((None, None), "en"),
        (("es-419",), "es"),
        (("FR",), "fr"),
        (("", "ru"), "ru"),
        (("not a locale at all \u202e", None), "en"),
        ((), "en"),
    ],
)
def test_the_first_locale_decides(locales: tuple[str | None, ...], language: str) -> None:
    assert language_for(*locales) == language


def test_a_language_is_spoken_until_the_end_of_its_block() -> None:
    assert (spoken(), str(Label.SAVE)) == ("en", "Save")
    with speaking("de"):
        assert (spoken(), str(Label.SAVE), f"{Label.SAVE}") == ("de", "Speichern", "Speichern")
        with speaking("xx"):
            assert str(Label.SAVE) == "Save"
        assert str(Label.SAVE) == "Speichern"
    assert str(Label.SAVE) == "Save"


async def test_tasks_speak_the_language_of_who_started_them() -> None:
    begun = asyncio.Event()

    async def said_later() -> str:
        await begun.wait()
        return str(Label.SAVE)

    with speaking("tr"):
        turkish = asyncio.create_task(said_later())
    with speaking("fr"):
        french = asyncio.create_task(said_later())
    begun.set()
    assert (await turkish, await french, str(Label.SAVE)) == ("Kaydet", "Enregistrer", "Save")


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 1, "1 question"),
        ("en", 12_345, "12,345 questions"),
        ("de", 12_345, "12.345 Fragen"),
        ("es", 1, "1 pregunta"),
        ("fr", 0, "0 question"),
        ("fr", 2, "2 questions"),
        ("ru", 1, "1 вопрос"),
        ("ru", 22, "22 вопроса"),
        ("ru", 11, "11 вопросов"),
        ("ru", 101, "101 вопрос"),
        ("tr", 3, "3 soru"),
        ("zh", 3, "3 个问题"),
    ],
)
def test_a_number_has_the_form_of_its_language(language: str, number: int, text: str) -> None:
    with speaking(language):
        assert QUESTIONS.format(number) == text


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("24 April 2026", "24 April", "24 April 2026, 13:05 UTC", "1,234", "Portuguese")),
        ("de", ("24. April 2026", "24. April", "24. April 2026, 13:05 UTC", "1.234", "Portugiesisch")),
        ("es", ("24 de abril de 2026", "24 de abril", "24 de abril de 2026, 13:05 UTC", "1.234", "portugués")),
        ("tr", ("24 Nisan 2026", "24 Nisan", "24 Nisan 2026, 13:05 UTC", "1.234", "Portekizce")),
        ("zh", ("2026年4月24日", "4月24日", "2026年4月24日, 13:05 UTC", "1,234", "葡萄牙语")),
    ],
)
def test_days_and_numbers_are_written_as_in_the_language(language: str, texts: tuple[str, ...]) -> None:
    at = datetime(2026, 4, 24, 13, 5)  # noqa: DTZ001  # all of ours are UTC
    with speaking(language):
        shown = (day(date(2026, 4, 24)), day_of_year(at), moment(at), counted(1_234), language_name("pt-BR"))
    assert shown == texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_without_a_name_is_named_by_its_locale(language: str) -> None:
    with speaking(language):
        assert language_name("xx") == "xx"


def test_values_are_put_in_as_they_are() -> None:
    with speaking("ru"):
        told = resolved("R3", ItemStatus.ANSWERED, "{0.__class__}", told=21)
    assert told == "R3: ответ даёт {0.__class__}. Сообщается в ветке вопроса: 21 человек."


@pytest.mark.parametrize(
    ("locale", "is_one"), [("de", True), ("pt-BR", True), ("zh-Hans", True), ("xx", False), ("e", False)]
)
def test_languages_are_told_from_what_is_none(locale: str, is_one: bool) -> None:  # noqa: FBT001  # the table's
    assert is_language(locale) is is_one


def test_the_parts_of_a_reason_are_in_the_language_too() -> None:
    with speaking("de"):
        asked = reasons.asked(datetime(2026, 3, 1, 12, tzinfo=UTC), Surface.AMBIENT, Audience.INTERNAL)
        assert "mitgeh\u00f6rt" in asked
        assert "nur Team" in asked
        assert "Aussage" in reasons.ignored(IgnoreReason.STATEMENT)
        assert "Zahl (gefragt: two, Eintrag: one)" in reasons.differs([Difference(Kind.NUMBER, "two", "one")])


@pytest.mark.parametrize("kind", Kind)
def test_a_reason_knows_each_kind_of_difference(kind: Kind) -> None:
    assert "(asked: one)" in reasons.differs([Difference(kind, "one", "")])


@pytest.mark.parametrize("reason", IgnoreReason)
def test_a_reason_knows_why_a_message_is_no_question(reason: IgnoreReason) -> None:
    assert reasons.ignored(reason)


@pytest.mark.parametrize("surface", Surface)
def test_a_reason_knows_how_a_question_came(surface: Surface) -> None:
    assert reasons.asked(datetime(2026, 3, 1, 12, tzinfo=UTC), surface, Audience.PUBLIC)
