"""Show which letters stand in the place of others in scripts without spaces."""

import pytest

from bot.core.deciding.differences import comparison_of
from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import between
from bot.core.searching.contrasts.unspaced import put_in_place
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.text import tokens


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        ("如何卖出股票", "怎么买入股票", ("卖出", "买入")),
        ("怎么销户", "如何开户", ("销", "开")),
        ("通知を無効にしたい", "通知を有効にする方法", ("無", "有")),
        ("アンドロイド", "アイフォン", None),
        ("アンドロイド版を使う", "アイフォン版を使う", ("ンドロイド", "イフォン")),
        ("第3赛季奖励", "第2赛季奖励", ("3", "2")),
        ("เปิดการแจ้งเตือน", "ปิดการแจ้งเตือน", None),
        ("ออกกลุ่มยังไง", "เข้ากลุ่มอย่างไร", ("ออก", "เข้า")),
        ("ဖွင့်နည်း", "ပိတ်နည်း", ("ဖွင့်", "ပိတ်")),
        ("បើកគណនី", "បិទគណនី", ("បើក", "បិទ")),
        ("我忘记密码了", "我忘记了密码怎么办", None),
        ("通知をオンにしたい", "通知を有効にする方法", None),
        ("パスワード忘れた", "パスワードを忘れました", None),
        ("买股票", "卖基金", None),
        ("open it", "如何开户", None),
        ("如何开户", "open it", None),
    ],
)
def test_letters_that_stand_for_others(mine: str, theirs: str, found: tuple[str, str] | None) -> None:
    assert put_in_place(tokens(mine), tokens(theirs)) == found


def test_what_the_entry_says_anywhere_does_not_differ() -> None:
    index = EntryIndex(Lexicon(), ())
    buy = Entry(id="buy", question="如何买入股票", answer="点击交易。")
    both = Entry(id="both", question="如何买入股票", answer="买入和卖出都在交易里。")

    found = comparison_of(index, "怎么卖出股票").differences(buy)
    assert [str(one) for one in found] == ["other (asked: 卖出, entry: 买入)"]
    assert comparison_of(index, "怎么卖出股票").differences(both) == ()


def test_questions_of_people_are_not_grouped_with_their_opposite() -> None:
    assert between("怎么买入股票", "怎么卖出股票", fold=Lexicon().fold)
    assert not between("怎么买入股票", "如何买入股票", fold=Lexicon().fold)
