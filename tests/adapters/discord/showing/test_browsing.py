"""Show the FAQ by category and page, and what is offered while somebody types."""

import pytest

from bot.adapters.discord.showing.answers import (
    autocompleted,
    categories_message,
    category_key,
    entries_message,
    thread_name,
)
from bot.adapters.discord.showing.parts import DiscordMessage
from bot.core.wording.replies import Choice
from tests.adapters.discord.showing.fitting import fits
from tests.adapters.discord.showing.test_answers import rows

ENTRIES = [Choice(f"entry-{number}", f"Question {number}?") for number in range(60)]


def test_the_categories_are_a_menu() -> None:
    message = categories_message(["Login", "Funds " * 30])
    (menu,) = rows(message)[0]
    assert [option["value"] for option in menu["options"]] == [category_key("Login"), category_key("Funds " * 30)]
    assert fits(message)


@pytest.mark.parametrize(("page", "count", "turns"), [(0, 25, ["Next"]), (1, 25, ["Back", "Next"]), (2, 10, ["Back"])])
def test_a_category_has_pages(page: int, count: int, turns: list[str]) -> None:
    message = entries_message("*Login*", ENTRIES, page=page)
    (menu,), buttons = rows(message)
    assert message.content == "**\\*Login\\***"
    assert len(menu["options"]) == count
    assert [button["label"] for button in buttons] == turns
    assert fits(message)


@pytest.mark.parametrize(
    "message", [categories_message([]), entries_message("Login", []), entries_message("Login", ENTRIES, page=3)]
)
def test_an_empty_page_says_so(message: DiscordMessage) -> None:
    assert message.content == "There is nothing else."


@pytest.mark.parametrize(("count", "length"), [(25, 100), (26, 101)])
def test_25_choices_of_100_characters_are_offered(count: int, length: int) -> None:
    offered = autocompleted([Choice(f"entry-{number}", "x" * length) for number in range(count)])
    assert len(offered) == 25
    assert {len(choice.name) for choice in offered} == {100}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how\ndo I?", "how do I?"),
        ("\u200b", "Question"),
        ("x" * 100, "x" * 100),
        ("x" * 101, "x" * 99 + "…"),
        ("**How** do I _use_ `snake_case` ||here||?", "How do I use snake_case here?"),
        (
            "can <@111111111111111111> or <@&222222222222222222> see <#333333333333333333>?",
            "can @Ann or @staff see #help?",
        ),
        (
            "ask <@999999999999999999> with </faq show:444444444444444444> <:ok:555555555555555555>",
            "ask with /faq show",
        ),
        ("> how do I freeze it?\nand how do I thaw it?", "and how do I thaw it?"),
        ("# why is it so slow", "why is it so slow"),
    ],
)
def test_a_thread_is_named_after_its_question(text: str, name: str) -> None:
    names = {("@", 111111111111111111): "Ann", ("@&", 222222222222222222): "staff", ("#", 333333333333333333): "help"}
    assert thread_name(text, lambda kind, of: names.get((kind, of))) == name
