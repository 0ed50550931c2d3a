"""Show that moderators see what a change does to past questions, as far as those may be read where they are."""

from dataclasses import replace

import pytest

from bot.chat.drafts import preview
from bot.core.models import Audience, Entry
from bot.core.wording.outcomes import NEW_ENTRY
from bot.service.app import App
from bot.service.resolutions import Proposal
from tests.service.samples import ask

PARROT = Entry(id="", question="Where is the parrot?", answer="On the shelf.")


@pytest.mark.parametrize(("audience", "seen"), [(Audience.PUBLIC, 1), (Audience.INTERNAL, 2)])
async def test_questions_are_told_to_those_who_may_read_them(service: App, audience: Audience, seen: int) -> None:
    await ask(service, "where is the parrot", "m1")
    await ask(service, "where is the parrot now", "m2", audience=Audience.INTERNAL)

    first, *lines = await preview(service, Proposal(entry=PARROT), audience=audience)

    assert f"{seen} would win one" in first
    assert len(lines) == seen
    assert ("parrot now" in str(lines)) is (audience is Audience.INTERNAL)


@pytest.mark.parametrize(("entry_id", "named"), [("", str(NEW_ENTRY)), ("parrot", "parrot")])
async def test_an_entry_without_an_id_has_a_name_all_the_same(service: App, entry_id: str, named: str) -> None:
    await ask(service, "where is the parrot")

    lines = await preview(service, Proposal(entry=replace(PARROT, id=entry_id)), audience=Audience.PUBLIC)

    assert named in lines[1]
