"""Show that the bot remembers the last ids, and no more than it needs."""

from bot.chat.backlog import Recent


def test_an_id_is_new_once() -> None:
    recent = Recent()

    assert [recent.is_new(each) for each in ("1", "2", "1")] == [True, True, False]


def test_the_oldest_is_forgotten() -> None:
    recent = Recent(limit=2)
    for each in ("1", "2", "3"):
        recent.is_new(each)

    assert [recent.is_new(each) for each in ("2", "3", "1")] == [False, False, True]
