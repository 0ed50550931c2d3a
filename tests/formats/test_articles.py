# ruff: noqa: RUF001  # marks of Chinese
"""Articles of help centres, saved and copied: the title stays, and what stands around it does not count."""

import pytest

from bot.formats.reading import read
from tests.formats.sound import document_of, pairs

BODY = "<p>Open <b>Settings</b>.</p>"


def test_a_heading_that_asks_within_an_article_is_part_of_it() -> None:
    html = f"<body><article><h1>Exporting data</h1>{BODY}<h2>Which formats?</h2><p>CSV.</p></article></body>"
    assert pairs(html, "a.html") == {"Exporting data": "Open **Settings**.\n\n**Which formats?**\n\nCSV."}


def test_several_headings_that_ask_within_an_article_are_questions() -> None:
    asked = "<h2>Which formats are there?</h2><p>CSV.</p><h2>Is it free?</h2><p>Yes.</p>"
    html = f"<article><h1>Data</h1>{BODY}{asked}</article>"
    assert list(pairs(html, "a.html")) == ["Which formats are there?", "Is it free?"]


def test_the_only_main_heading_counts_where_it_stands_beside_the_author() -> None:
    meta = '<div class="article__meta"><h1>Can I pause?</h1><div>Pausing</div><div class="avatar">By Kim</div></div>'
    body = "<p>Yes, for three months, and for longer if you ask us to.</p><p><i>Note:</i> only yearly plans can.</p>"
    (record,) = document_of(f"<body>{meta}<article>{body}</article></body>", "a.html").records
    assert record.question == "Can I pause?"
    assert record.passages == (
        "Yes, for three months, and for longer if you ask us to.\n\n*Note:* only yearly plans can.",
    )


def test_main_headings_in_what_leads_elsewhere_or_beside_others_are_no_titles() -> None:
    for around in ("<nav><h1>Menu</h1></nav>", '<div class="related"><h1>Other?</h1></div><h1>Help</h1>'):
        body = "<h2>How do I pay?</h2><p>With coins, as many as it takes, at any of our shops.</p>"
        assert list(pairs(f"<body>{around}{body}</body>", "a.html")) == ["How do I pay?"]


def test_the_title_below_the_list_of_a_section_is_the_one_that_the_list_has() -> None:
    text = (
        "Help Center\nBilling\nArticles in this section\nWhere are my invoices?\nChanging the address\n"
        "Where are my invoices?\nKim Lee\n3 months ago  Updated\n\nFollow\n\nOpen Billing.\n\n"
        "Was this article helpful?\nYes\nNo\n"
    )
    assert pairs(text, "a.txt") == {"Where are my invoices?": "Open Billing."}


def test_a_page_of_a_folder_in_which_a_word_asks_is_one_entry() -> None:
    document = read(
        "off.md", b"---\ntitle: Off by one\n---\n\nIndexes begin at 0.\n\n### Why?\n\nPointers.\n", folder="a"
    )
    assert [(each.question, each.passages) for each in document.records] == [
        ("Off by one", ("Indexes begin at 0.\n\n**Why?**\n\nPointers.",))
    ]


def test_an_article_of_freshdesk_has_no_button_in_its_title_and_no_navigation_above_it() -> None:
    text = (
        "Acme Support\nHome\nSolutions\nForums\nHow can we help you today?\nNew support ticket\nCheck ticket status\n"
        "Solution home General Account\nChanging your name Print\nModified on: Thu, 5 Mar, 2026 at 9:30 AM\n\n"
        "Open your profile.\n\nDid you find it helpful? Yes No\n"
    )
    assert pairs(text, "a.txt") == {"Changing your name": "Open your profile."}


def test_a_page_of_confluence_ends_where_readers_may_like_it() -> None:
    text = (
        "Pages / IT / Network\nHow do I connect to the wifi?\nCreated by Ann Lee, last modified on Jan 3, 2026\n\n"
        "Pick Guest.\n\nLike\nBe the first to like this\nNo labels\nWrite a comment…\n"
    )
    (record,) = document_of(text, "a.txt").records
    assert (record.question, record.passages, record.category) == (
        "How do I connect to the wifi?",
        ("Pick Guest.",),
        "Network",
    )


def test_related_articles_beside_one_are_left_out_though_its_title_asks() -> None:
    html = (
        '<main><ol class="breadcrumbs"><li>Help</li><li>Orders</li></ol><article><h1>How do I cancel?</h1>'
        "<p>Write to us.</p></article><section><h2>Related articles</h2><ul><li>Moving</li></ul></section></main>"
    )
    assert pairs(html, "a.html") == {"How do I cancel?": "Write to us."}


def test_an_answer_that_begins_like_a_byline_is_one() -> None:
    head = "Help Center > Billing\nHow do I pay?\nUpdated yesterday\n\n"
    assert pairs(f"{head}By card.\n\nWas this helpful?\nYes No\n", "a.txt") == {"How do I pay?": "By card."}


def test_a_page_of_a_folder_in_which_bold_words_ask_is_one_entry() -> None:
    document = read("2fa.md", b"# Lost device\n\nUse a code.\n\n**No code?** Write to us.\n", folder="a")
    assert [(each.question, each.passages) for each in document.records] == [
        ("Lost device", ("Use a code.\n\n**No code?**\n\nWrite to us.",))
    ]


def test_labelled_questions_of_a_text_may_be_items_and_need_no_labels_on_their_answers() -> None:
    listed = "FAQ\n\n* Q: How do I pay?\n  A: By card.\n* Q: Refunds\n  A: In 3 days.\n"
    assert pairs(listed, "a.txt") == {"How do I pay?": "By card.", "Refunds": "In 3 days."}
    bare = "Q: How do I pay?\n\nBy card.\n\nQ: When do I pay?\nAt the end.\n\nOr before.\n"
    assert pairs(bare, "a.txt") == {"How do I pay?": "By card.", "When do I pay?": "At the end.\n\nOr before."}


@pytest.mark.parametrize(
    "text",
    [
        (
            "帮助中心 > 账户\n如何修改密码？\n更新于 2 个月前\n\n打开设置。\n\n"
            "这篇文章有帮助吗？\n是 否\n\n相关文章\n如何注销？\n"
        ),
        (
            "ヘルプセンター > 账户\n如何修改密码？\n2か月前に更新\n\n打开设置。\n\n"
            "この記事は役に立ちましたか？\nはい いいえ\n"
        ),
    ],
)
def test_pages_in_chinese_and_japanese_are_cut_from_what_stands_around_them(text: str) -> None:
    (record,) = document_of(text, "a.txt").records
    assert (record.question, record.passages, record.category) == ("如何修改密码？", ("打开设置。",), "账户")
