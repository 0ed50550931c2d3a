"""Show that a thread is known for the people in it, and that the threads longest without a word are forgotten."""

from bot.chat.talks import Talks


def test_two_who_write_in_a_thread_are_several() -> None:
    talks = Talks()
    for thread, author in (("a", "ann"), ("a", "ann"), ("b", "ben")):
        talks.note(thread, author)
    assert not talks.has_several("a")
    talks.note("a", "ben")
    assert talks.has_several("a")
    assert not talks.has_several("b")
    assert not talks.has_several("unknown")


def test_the_thread_longest_without_a_word_is_forgotten() -> None:
    talks = Talks(limit=2)
    for thread, author in (("a", "ann"), ("b", "ann"), ("b", "ben"), ("a", "ben"), ("c", "ann")):
        talks.note(thread, author)
    assert talks.has_several("a")
    assert not talks.has_several("b")
