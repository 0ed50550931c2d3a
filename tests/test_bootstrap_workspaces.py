"""Show that one process serves workspaces that know nothing of each other."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.bootstrap import open_app, open_apps, open_workspaces, refuse_missing
from bot.config import Settings, for_workspace, variable
from bot.core.models import Answered, Audience, Decision, MessageRef, Question, Surface
from bot.errors import DatabaseUnreachableError, WorkspaceNameError, WorkspaceNeededError, WorkspaceNotFoundError
from bot.service.app import App
from tests.store.samples import entry, saved


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings for two workspaces with tables, of which one may be open."""
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    for workspace in ("t1", "t2"):
        shutil.copyfile(sqlite_template, tmp_path / f"{workspace}.db")
    return Settings(database_url=f"sqlite:///{tmp_path}/{{workspace}}.db", open_workspaces=1)


async def decide(app: App, text: str, message_id: str) -> Decision:
    """Return what the bot decides about a question."""
    asked = Question(
        text=text,
        ref=MessageRef(platform="slack", message_id=message_id),
        author_id=f"by {message_id}",
        surface=Surface.MENTION,
    )
    return (await app.ask.ask(asked)).decision


def stores(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.glob("*.db"))


async def test_each_workspace_answers_from_its_own_store(settings: Settings) -> None:
    """Both have an entry of one id, and both get messages of the same ids, as may well be."""
    questions = ("where is the parrot?", "how much does shipping cost?")
    async with open_apps(settings) as workspaces:
        for workspace, question in zip(("T1", "T2"), questions, strict=True):
            async with workspaces.use(workspace) as app:
                await saved(app.database, entry("only", question=question, answer=workspace))
        answered = {}
        for workspace in ("T1", "T2"):
            async with workspaces.use(workspace) as app:
                decisions = [await decide(app, question, f"m{number}") for number, question in enumerate(questions)]
                answered[workspace] = [isinstance(each, Answered) for each in decisions]
                assert (await app.knowledge.index(Audience.PUBLIC)).entries.entry("only").answer == workspace
        assert workspaces.stores() == ("T1", "T2")
    assert answered == {"T1": [True, False], "T2": [False, True]}


async def test_no_more_are_held_than_the_settings_say(settings: Settings) -> None:
    async with open_workspaces(settings) as workspaces:
        async with workspaces.use("t1") as first:
            pass
        async with workspaces.use("t1") as again:
            assert again is first
        async with workspaces.use("t2"):
            pass
        async with workspaces.use("t1") as anew:
            assert anew is not first


async def test_a_new_workspace_gets_a_store(settings: Settings, tmp_path: Path) -> None:
    async with open_workspaces(settings) as workspaces, workspaces.use("T3") as app:
        assert await app.catalogue.list() == ()
    assert stores(tmp_path) == ["t1.db", "t2.db", "t3.db"]


async def test_many_who_ask_for_a_new_workspace_at_once_share_it(settings: Settings) -> None:
    async with open_workspaces(settings) as workspaces:

        async def look() -> App:
            async with workspaces.use("t3") as app:
                await app.catalogue.list()
                return app

        assert len({id(app) for app in await asyncio.gather(*(look() for _ in range(5)))}) == 1


async def test_a_name_that_leads_elsewhere_opens_nothing(settings: Settings, tmp_path: Path) -> None:
    before = sorted(tmp_path.parent.rglob("*"))
    async with open_workspaces(settings) as workspaces:
        with pytest.raises(WorkspaceNameError):
            async with workspaces.use("../t1"):
                pass
    assert sorted(tmp_path.parent.rglob("*")) == before


async def test_a_store_that_cannot_be_opened_is_named_and_harms_no_other(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "noise.db").write_bytes(b"noise" * 1000)
    async with open_workspaces(settings) as workspaces:
        with pytest.raises(DatabaseUnreachableError) as refused:
            async with workspaces.use("noise"):
                pass
        async with workspaces.use("t1") as app:
            assert await app.catalogue.list() == ()
    assert refused.value.place == str(tmp_path / "noise.db")


async def test_settings_for_many_open_no_single_store(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceNeededError):
        async with open_app(settings):
            pass
    assert stores(tmp_path) == ["t1.db", "t2.db"]


async def test_a_workspace_may_be_opened_alone(settings: Settings) -> None:
    async with open_app(for_workspace(settings, "T1")) as app:
        assert app.database.place.endswith("/t1.db")


def test_a_workspace_without_a_file_can_be_told(settings: Settings, tmp_path: Path) -> None:
    refuse_missing(for_workspace(settings, "T1"), "T1")
    with pytest.raises(WorkspaceNotFoundError) as refused:
        refuse_missing(for_workspace(settings, "T3"), "T3")
    assert (refused.value.workspace, refused.value.place) == ("T3", str(tmp_path / "t3.db"))
    server = settings.model_copy(update={"database_url": "postgresql://host/faq_{workspace}"})
    refuse_missing(for_workspace(server, "T3"), "T3")
