"""Show that a thread is known for the people in it, and that the threads longest without a word are forgotten."""

from bot.chat.addressing import ThreadWriters


def test_two_who_write_in_a_thread_are_several() -> None:
    writers = ThreadWriters()
    for thread, author in (("a", "ann"), ("a", "ann"), ("b", "ben")):
        writers.note(thread, author)
    assert not writers.has_several("a")
    writers.note("a", "ben")
    assert writers.has_several("a")
    assert not writers.has_several("b")
    assert not writers.has_several("unknown")


def test_the_thread_longest_without_a_word_is_forgotten() -> None:
    writers = ThreadWriters(limit=2)
    for thread, author in (("a", "ann"), ("b", "ann"), ("b", "ben"), ("a", "ben"), ("c", "ann")):
        writers.note(thread, author)
    assert writers.has_several("a")
    assert not writers.has_several("b")
