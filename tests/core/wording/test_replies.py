"""Show what the bot says, and what it never says to the public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import (
    Answered,
    Audience,
    Decision,
    Entry,
    Ignored,
    IgnoreReason,
    Match,
    Suggested,
    Surface,
    Unanswered,
)
from bot.core.reader import Reader
from bot.core.review import Progress
from bot.core.wording.replies import (
    ABOVE,
    CHOOSE_ONE,
    LISTED,
    NEXT,
    NEXT_ONE,
    NOTED,
    PROGRESS,
    TO_WHAT_IS_SAID,
    ReplyKind,
    above,
    answer,
    compose,
    instead,
)
from tests.core.faqs import ENTRIES

STAFF = Reader(audience=Audience.INTERNAL)
BY_ID = {entry.id: entry for entry in ENTRIES}


def match(entry_id: str) -> Match:
    return Match(entry_id=entry_id, phrase="phrase", confidence=0.5)


def test_an_answer_carries_the_entry() -> None:
    reply = compose(Answered(match("withdraw")), BY_ID, reader=STAFF, surface=Surface.MENTION)
    entry = BY_ID["withdraw"]
    assert reply is not None
    assert (reply.kind, reply.entry_id, reply.title) == (ReplyKind.ANSWER, entry.id, entry.question)
    assert (reply.text, reply.staff_note) == (entry.answer, entry.staff_note)


def test_choices_are_named_by_their_question() -> None:
    decision = Suggested((match("freeze-app"), match("freeze-web")))
    reply = compose(decision, BY_ID, reader=Reader(), surface=Surface.MENTION)
    assert reply is not None
    assert reply.kind is ReplyKind.CHOICES
    assert [(each.entry_id, each.label) for each in reply.choices] == [
        (each, BY_ID[each].question) for each in ("freeze-app", "freeze-web")
    ]


@pytest.mark.parametrize("ids", [("freeze-app",), ("freeze-app", "escalate")])  # the second is for staff
def test_of_one_choice_it_is_asked_whether_that_was_meant(ids: tuple[str, ...]) -> None:
    decision = Suggested(tuple(match(each) for each in ids))
    reply = compose(decision, BY_ID, reader=Reader(), surface=Surface.MENTION)
    assert reply is not None
    assert (reply.text, len(reply.choices)) == (str(CHOOSE_ONE), 1)


@pytest.mark.parametrize("decision", [Unanswered(), Answered(match("escalate")), Answered(match("gone"))])
def test_where_nothing_may_be_said_nothing_fits(decision: Decision) -> None:
    asked = compose(decision, BY_ID, reader=Reader(), surface=Surface.MENTION)
    assert asked is not None
    assert asked.kind is ReplyKind.NOTHING_FITS
    assert compose(decision, BY_ID, reader=Reader(), surface=Surface.AMBIENT) is None


@pytest.mark.parametrize("reason", TO_WHAT_IS_SAID)
def test_talk_is_met_with_a_hint_only_when_the_bot_was_meant(reason: IgnoreReason) -> None:
    asked = compose(Ignored(reason), {}, reader=Reader(), surface=Surface.DIRECT)
    assert asked is not None
    assert asked.kind is ReplyKind.HINT
    assert compose(Ignored(reason), {}, reader=Reader(), surface=Surface.AMBIENT) is None


def test_to_a_part_of_a_question_nothing_is_said() -> None:
    assert compose(Ignored(IgnoreReason.PART), {}, reader=Reader(), surface=Surface.DIRECT) is None


@pytest.mark.parametrize("surface", Surface)
def test_a_secret_is_warned_of_everywhere(surface: Surface) -> None:
    reply = compose(Ignored(IgnoreReason.SECRET), {}, reader=Reader(), surface=surface)
    assert reply is not None
    assert reply.kind is ReplyKind.WARNING


def test_a_choice_that_the_audience_may_not_read_has_no_answer() -> None:
    assert answer(BY_ID["escalate"], reader=Reader()) is None
    public = answer(BY_ID["withdraw"], reader=Reader())
    assert public is not None
    assert public.staff_note is None


def test_a_pointer_names_the_answer_and_does_not_give_it_again() -> None:
    given = answer(BY_ID["withdraw"], reader=STAFF)
    assert given is not None
    pointer = above(given)
    assert (pointer.kind, pointer.text, pointer.title, pointer.entry_id) == (
        ReplyKind.HINT,
        str(ABOVE),
        BY_ID["withdraw"].question,
        "withdraw",
    )
    assert (pointer.staff_note, pointer.source, pointer.choices) == (None, None, ())


def test_in_place_of_a_wrong_answer_others_are_offered_to_those_who_may_read_them() -> None:
    entries = [BY_ID["escalate"], BY_ID["freeze-app"]]
    public = instead(entries, reader=Reader(), listed=True)
    staff = instead(entries, reader=STAFF, listed=True)
    assert (public.kind, public.text, staff.text) == (ReplyKind.CHOICES, str(NEXT_ONE), str(NEXT))
    assert [choice.entry_id for choice in public.choices] == ["freeze-app"]
    assert [choice.entry_id for choice in staff.choices] == ["escalate", "freeze-app"]


@pytest.mark.parametrize(("listed", "text"), [(True, str(LISTED)), (False, str(NOTED))])
def test_where_there_is_nothing_else_the_moderators_are_spoken_of_only_if_they_are_told(
    listed: bool,  # noqa: FBT001  # a parameter of the test
    text: str,
) -> None:
    reply = instead([BY_ID["escalate"]], reader=Reader(), listed=listed)
    assert (reply.kind, reply.text) == (ReplyKind.HINT, text)


def test_every_progress_has_its_own_words() -> None:
    assert len({PROGRESS[each] for each in Progress}) == len(Progress)


ENTRY = st.builds(
    Entry,
    id=st.sampled_from("abcd"),
    question=st.just("question"),
    answer=st.just("answer"),
    staff_note=st.just("SECRET note"),
    audience=st.sampled_from(Audience),
).map(
    lambda entry: (
        entry
        if entry.audience is Audience.PUBLIC
        else Entry(id=entry.id, question="SECRET q", answer="SECRET a", audience=Audience.INTERNAL)
    )
)
MATCHES = st.lists(st.sampled_from("abcd").map(match), min_size=1, max_size=4).map(tuple)


@given(
    entries=st.lists(ENTRY),
    decision=st.builds(Suggested, MATCHES) | MATCHES.map(lambda matches: Answered(matches[0])),
    surface=st.sampled_from(Surface),
)
def test_nothing_internal_is_said_to_the_public(entries: list[Entry], decision: Decision, surface: Surface) -> None:
    by_id = {entry.id: entry for entry in entries}
    reply = compose(decision, by_id, reader=Reader(), surface=surface)
    assert "SECRET" not in repr(reply)


@pytest.mark.parametrize("surface", list(Surface))
def test_choices_are_for_who_asked_the_bot(surface: Surface) -> None:
    reply = compose(Suggested((match("withdraw"),)), BY_ID, reader=Reader(), surface=surface)
    assert (reply is None) == (surface is Surface.AMBIENT)
