"""Show that nothing gets out: no internal entry to the public, no secret and no contact into the database."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.models import Audience, Ignored, IgnoreReason, Surface
from bot.core.searching.text import tokens
from bot.core.wording.replies import ReplyKind
from bot.service.app import App
from tests.service.samples import ENTRIES, FEES, LIMITS, ask, dump, question

SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"
LISTED = "\n".join(f"{number}. {word}" for number, word in enumerate(SEED.split(), 1))
PRIVATE_KEY = (
    "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY\n-----END EC PRIVATE KEY-----"
)


@pytest.mark.parametrize("secret", [SEED, LISTED, PRIVATE_KEY], ids=["seed", "listed seed", "private key"])
async def test_of_a_secret_nothing_is_stored(app: App, database_url: str, secret: str) -> None:
    """Not even the words around it, which may be the rest of it."""
    asked = await ask(app, f"my zanzibar wallet says {secret} is that right")

    assert asked.decision == Ignored(IgnoreReason.SECRET)
    assert asked.reply is not None
    assert asked.reply.kind is ReplyKind.WARNING
    written = (await dump(database_url)).casefold().split("\nquestions: ")[-1]
    assert "'m1'" in written
    for word in ("zanzibar", "wallet", "says", *{word for word in tokens(secret) if len(word) > 3}):
        assert word not in written, word


async def test_a_secret_that_comes_again_is_known(app: App) -> None:
    first = await ask(app, SEED)
    again = await ask(app, SEED)

    assert (again.question_id, again.decision, again.repeated) == (first.question_id, first.decision, True)


async def test_a_secret_in_an_ambient_message_is_warned_of(app: App) -> None:
    asked = await app.ask.ask(replace(question(SEED), surface=Surface.AMBIENT))

    assert asked.reply is not None
    assert asked.reply.kind is ReplyKind.WARNING


async def test_a_secret_is_not_explained(app: App) -> None:
    found = await app.ask.explain(f"zanzibar {SEED}", audience=Audience.INTERNAL, surface=Surface.CONSOLE)

    assert found.decided.decision == Ignored(IgnoreReason.SECRET)
    assert (found.text, found.ranking.matches) == (None, ())
    assert found.query.normalised == "seed phrase"


@pytest.mark.parametrize(
    "private",
    ["jane.doe@example.org", "+49 151 23456789", "4111 1111 1111 1111", "my password is hunter2-hunter2"],
)
async def test_contacts_cards_and_passwords_are_taken_out_before_anything_is_written(
    app: App, database_url: str, private: str
) -> None:
    asked = await ask(app, f"where is the parrot, mine: {private}")

    written = await dump(database_url)
    assert "where is the parrot" in written
    assert private not in written
    assert " ".join(tokens(private)[-2:]) not in written
    (item,) = await app.review.list()
    assert item.id == asked.item_id
    assert private not in item.text


async def test_a_secret_behind_the_part_that_is_kept_is_found(app: App, database_url: str) -> None:
    asked = await ask(app, f"{'where is the parrot ' * 300}{SEED}")

    assert asked.decision == Ignored(IgnoreReason.SECRET)
    assert "parrot" not in await dump(database_url)


WORDS = sorted({word for entry in ENTRIES for text in (*entry.phrasings, entry.answer) for word in tokens(text)})


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
async def test_the_public_never_gets_anything_internal(app: App, words: list[str]) -> None:
    text = " ".join(words)
    asked = await ask(app, text, message_id=text)

    found = await app.ask.explain(text, audience=Audience.PUBLIC, surface=Surface.MENTION)
    shown = repr((asked.reply, asked.decision, found.ranking.matches))
    assert "limits" not in shown
    assert LIMITS.question not in shown
    assert LIMITS.answer not in shown
    assert "Never waive it." not in shown


async def test_the_log_of_the_public_has_nothing_internal(app: App, database_url: str) -> None:
    await ask(app, LIMITS.question)

    (logged,) = (line for line in (await dump(database_url)).splitlines() if line.startswith("questions: "))
    assert "'limits'" not in logged
    assert LIMITS.answer not in logged


async def test_staff_get_internal_entries_and_notes(app: App) -> None:
    asked = await ask(app, LIMITS.question, audience=Audience.INTERNAL)
    public = await ask(app, FEES.question, "m2", audience=Audience.INTERNAL)

    assert asked.reply is not None
    assert (asked.reply.entry_id, asked.reply.staff_note) == ("limits", "Ask Quentin.")
    assert public.reply is not None
    assert (public.reply.entry_id, public.reply.staff_note) == ("fees", "Never waive it.")


async def test_the_public_gets_no_staff_note(app: App) -> None:
    asked = await ask(app, FEES.question)

    assert asked.reply is not None
    assert (asked.reply.text, asked.reply.staff_note) == ("One coin.", None)


async def test_an_internal_entry_cannot_be_chosen_by_the_public(app: App) -> None:
    assert await app.ask.choose("limits", audience=Audience.PUBLIC) is None
    assert await app.ask.choose("limits", audience=Audience.INTERNAL) is not None


async def test_an_entry_that_became_internal_is_gone_for_the_public_with_the_next_question(app: App) -> None:
    assert (await ask(app, FEES.question)).reply is not None
    await app.catalogue.edit("fees", {"audience": "internal"}, actor="mod")
    asked = await ask(app, FEES.question, "m2")

    assert asked.reply is None or asked.reply.text != "One coin."
    assert await app.ask.choose("fees", audience=Audience.PUBLIC) is None
