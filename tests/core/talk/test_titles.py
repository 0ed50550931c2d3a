# words of other languages
"""A title has what somebody asks, and nothing of who asks it."""

import pytest

from bot.core.talk.titles import title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Hi team, my name is Petra Klein, order 4821399. Where does the parrot sleep? Thanks, Petra",
            "Where does the parrot sleep?",
        ),
        ("hello, where is the parrot", "where is the parrot"),
        ("where is my order #48213-99 and how do I cancel it?", "where is my order and how do I cancel it?"),
        ("how do I get invoice no. 2024-0001 again?", "how do I get invoice again?"),
        ("what became of #12345?", "what became of?"),
        (
            "Guten Tag, ich heiße Petra und wie kann ich meine Bestellung 4821399 stornieren? Viele Grüße, Petra",
            "wie kann ich meine Bestellung stornieren?",
        ),
        ("hola, me llamo Juan y cómo cancelo mi pedido 1234567?", "cómo cancelo mi pedido?"),
        ("bonjour, je m'appelle Luc et où est ma commande 1234567 ?", "où est ma commande ?"),
        ("Меня зовут Анна. Где мой заказ 1234567?", "Где мой заказ?"),
    ],
)
def test_what_tells_who_asked_is_left_out(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(
    "text",
    [
        "refund status",
        "error 50035 when I upload",
        "how long does a case take?",
        "I want to delete my account. How do I do that?",
        "my name is Petra",
        "how do I order 2 cards?",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert title_of(text) == text


def test_where_nothing_would_be_left_the_text_is_the_title() -> None:
    assert title_of("#12345") == "#12345"
    assert title_of(" ") == ""
