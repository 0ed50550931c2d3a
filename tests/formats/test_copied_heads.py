"""What stands above and beside an article in a copied page is no part of it, nor are the sections of labelled text."""

import pytest

from tests.formats.test_odd_pages import page, pairs

END = "\n\nWas this article helpful?\nYes No\n"


@pytest.mark.parametrize(
    ("head", "title", "category"),
    [
        ("Money\nCards\n\nSearch\n\nArticles in this section\nFees\nPrices\nMore\n\nPrices\n\n", "Prices", "Cards"),
        ("Money\nCards\n\nSearch\n\nChange your card\n\nLena Holm\n3 months ago\n\n", "Change your card", "Cards"),
        ("Billing\n\nChange your card\n\nUpdated yesterday\n\n", "Change your card", "Billing"),
        ("Change your card\nStep by step\nUpdated yesterday\n\n", "Change your card", None),
        ("Orders\nReturns\nCan I send it back?\nModified on: Tue, 3 Feb, 2026\n\n", "Can I send it back?", "Returns"),
    ],
)  # fmt: skip
def test_the_title_stands_below_the_names_of_sections(head: str, title: str, category: str | None) -> None:
    (record,) = page(f"Skip to main content\n{head}Open it, then press Change.{END}", "a.txt").records
    assert (record.question, record.passages) == (title, ("Open it, then press Change.",))
    assert record.category == category


def test_articles_beside_one_whose_title_is_none_of_them_do_not_end_it() -> None:
    text = f"Skip to content\nArticles in this section\nCards\n\nMoney\n\nUpdated yesterday\n\nPay it, please.{END}"
    assert pairs(text, "a.txt") == {"Money": "Pay it, please."}


def test_what_stands_above_the_way_to_an_article_is_no_article() -> None:
    text = f"Direkt zum Inhalt\n\nHilfe > Konto > Anmeldung\n\nAnmeldung\n\nKlicken Sie auf Anmelden.{END}"
    assert pairs(text, "a.txt") == {"Anmeldung": "Klicken Sie auf Anmelden."}


def test_an_article_that_is_followed_by_the_way_to_another_one_stays() -> None:
    text = f"Help > Money > Pay\nPay\nPay it here.\nHelp > Money > Save\nSave\nSave it there.{END}"
    assert pairs(text, "a.txt") == {"Pay": "Pay it here.", "Save": "Save it there."}


def test_readers_may_be_asked_for_feedback_in_other_words() -> None:
    text = "Help > Money > Pay\nPay\nPay it here.\n\nDid you find it helpful?\nYes No\nTell us how to improve this.\n"
    assert pairs(text, "a.txt") == {"Pay": "Pay it here."}


@pytest.mark.parametrize("sections", ["1. {}\n------\n\n", "=====\n{}\n=====\n", "[{}]\n", "*** {} ***\n\n"])
def test_sections_of_labelled_text_are_categories(sections: str) -> None:
    first, second = sections.format("MONEY"), sections.format("PLACE")
    text = f"SHOP FAQ\n========\n\n{first}Q1: How?\nA1: So.\n\n{second}Q2> Where?\nA2> Here.\n\n-- end of file --\n"
    records = page(text, "a.txt").records
    assert [(record.question, record.passages, record.category) for record in records] == [
        ("How?", ("So.",), "MONEY"),
        ("Where?", ("Here.",), "PLACE"),
    ]
