"""The understanding of follow-ups to what it reached on the labelled ones, over the FAQ that ships."""

import pytest

from bench.follow_ups import counted, pack_index


@pytest.mark.slow
def test_most_follow_ups_are_understood_and_changes_of_topic_left_alone() -> None:
    index = pack_index()
    alone, follow_ups = counted(index, "follow_ups", alone=True), counted(index, "follow_ups")
    before, topics = counted(index, "topic_changes", alone=True), counted(index, "topic_changes")

    assert follow_ups.shown > alone.shown
    assert follow_ups.right > 2 * alone.right
    assert follow_ups.shown >= 0.7 * follow_ups.all
    assert follow_ups.wrong <= alone.wrong
    assert topics.by_context <= 0.1 * topics.all
    assert (topics.right, topics.wrong) == (before.right, before.wrong)
