"""Show that commands, buttons, menus and forms reach a client, and that its answers are taken as Discord takes them."""

import asyncio
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.constants import MEMBER, Permission
from tests.loopback.discord.invoking import answered, choose, click, complete, repeat, shown, slash, submit, use_on
from tests.loopback.discord.people import Who, say, write_directly
from tests.loopback.discord.server import Loopback

Interaction = discord.Interaction[TestClient]


class Rows(ui.View):
    """A button and a menu."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.pressed: asyncio.Queue[Interaction] = asyncio.Queue()
        button: ui.Button[Rows] = ui.Button(label="Helpful", custom_id="helpful")
        menu: ui.Select[Rows] = ui.Select(custom_id="pick", options=[discord.SelectOption(label="one", value="1")])
        button.callback = menu.callback = self.pressed.put  # type: ignore[method-assign,assignment]  # as discord.py does
        self.add_item(button).add_item(menu)


class Form(ui.Modal, title="Answer"):
    """Ask for a text."""

    text: ui.Label["Form"] = ui.Label(text="Text", component=ui.TextInput(custom_id="text"))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Reply with the text."""
        assert isinstance(self.text.component, ui.TextInput)
        await interaction.response.send_message(f"got {self.text.component.value}", ephemeral=True)


@pytest.fixture
async def commands(loopback: Loopback, client: TestClient) -> app_commands.CommandTree[TestClient]:
    """Return the client's commands, known to the loopback."""
    tree = client.tree

    @tree.command(description="Ask")
    async def ask(interaction: Interaction, question: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(f"heard {question}")
        await interaction.edit_original_response(content=f"answer to {question}")
        await interaction.followup.send("and more", ephemeral=True)

    @ask.autocomplete("question")
    async def entries(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}!", value="E1")]

    @tree.command(description="Form")
    async def form(interaction: Interaction) -> None:
        await interaction.response.send_modal(Form())

    @tree.context_menu(name="Answer from FAQ")
    async def answer(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"about {message.content}")

    group = app_commands.Group(name="faq", description="Look")

    @group.command(description="Browse")
    async def browse(interaction: Interaction, page: int) -> None:
        await interaction.response.send_message(f"page {page}")

    tree.add_command(group)
    await tree.sync()
    return tree


async def test_commands_are_kept_as_synced(
    loopback: Loopback, commands: app_commands.CommandTree[TestClient], guild: int
) -> None:
    names = [command.name for command in await commands.fetch_commands()]
    await commands.sync(guild=discord.Object(guild))

    assert names == ["ask", "form", "faq", "Answer from FAQ"]
    assert loopback.world.commands[guild] == []


async def test_a_private_answer(loopback: Loopback, commands: object, asker: Who) -> None:
    invocation = await slash(loopback, asker, "ask", question="how?")
    await loopback.log.until(lambda: len(loopback.world.private(asker.user_id)) == 2)

    said = [message["content"] for message in loopback.world.private(asker.user_id)]
    assert said == ["answer to how?", "and more"]
    assert invocation.private
    assert loopback.world.visible(asker.channel_id) == []


async def test_choices_while_typing(loopback: Loopback, commands: object, asker: Who) -> None:
    choices = await complete(loopback, asker, "ask", focused="question", question="how")

    assert choices == [{"name": "how!", "value": "E1"}]


async def test_a_command_below_another(loopback: Loopback, commands: object, asker: Who) -> None:
    invocation = await slash(loopback, asker, "faq browse", page=2)

    assert (await shown(loopback, invocation))["content"] == "page 2"


async def test_a_command_of_the_menu_of_a_message(loopback: Loopback, commands: object, asker: Who) -> None:
    message = await say(loopback, asker, "how?")
    invocation = await use_on(loopback, asker, "Answer from FAQ", message)

    assert (await shown(loopback, invocation))["content"] == "about how?"


async def test_a_form(loopback: Loopback, commands: object, asker: Who) -> None:
    opened = await slash(loopback, asker, "form")
    sent = await submit(loopback, asker, opened, text="like this")

    assert (await shown(loopback, sent))["content"] == "got like this"
    assert len(loopback.world.private(asker.user_id)) == 1


async def test_a_command_in_private(loopback: Loopback, commands: object, client: TestClient, asker: Who) -> None:
    await write_directly(loopback, asker.user_id, "hello")
    channel = (await client.heard.get()).channel
    invocation = await slash(loopback, Who(channel.id, asker.user_id), "faq browse", page=1)

    assert (await shown(loopback, invocation))["content"] == "page 1"


@pytest.fixture
async def rows(loopback: Loopback, client: TestClient, asker: Who) -> tuple[Rows, int]:
    """Return a view, and the id of the message that has it."""
    channel = client.get_channel(asker.channel_id)
    assert isinstance(channel, discord.TextChannel)
    view = Rows()
    return view, (await channel.send("was it?", view=view)).id


async def test_a_button_changes_its_message(loopback: Loopback, rows: tuple[Rows, int], asker: Who) -> None:
    view, message_id = rows
    invocation = await click(loopback, asker, message_id, "helpful")
    interaction = await view.pressed.get()
    await interaction.response.edit_message(content="thanks", view=None)

    assert interaction.user.id == asker.user_id
    assert interaction.message is not None
    assert interaction.message.id == message_id
    assert (await answered(loopback, invocation))["type"] == 7
    assert loopback.world.messages[message_id]["content"] == "thanks"
    assert loopback.world.messages[message_id]["components"] == []


async def test_a_choice_from_a_menu(loopback: Loopback, rows: tuple[Rows, int], asker: Who) -> None:
    view, message_id = rows
    await choose(loopback, asker, message_id, "pick", ["1"])
    interaction = await view.pressed.get()
    await interaction.response.defer()
    await interaction.edit_original_response(content="one it is")

    assert interaction.data is not None
    assert interaction.data.get("values") == ["1"]
    assert loopback.world.messages[message_id]["content"] == "one it is"


async def test_an_interaction_is_answered_once(loopback: Loopback, rows: tuple[Rows, int], asker: Who) -> None:
    view, message_id = rows
    invocation = await click(loopback, asker, message_id, "helpful")
    await repeat(loopback, invocation)
    first, second = [await view.pressed.get() for _ in range(2)]
    await first.response.send_message("once")
    with pytest.raises(discord.HTTPException) as caught:
        await second.response.send_message("twice")

    assert first.id == second.id
    assert caught.value.code == 40060


async def test_an_answer_that_comes_too_late(loopback: Loopback, rows: tuple[Rows, int], asker: Who) -> None:
    view, message_id = rows
    await click(loopback, asker, message_id, "helpful")
    interaction = await view.pressed.get()
    await loopback.later(3)
    with pytest.raises(discord.NotFound) as caught:
        await interaction.response.send_message("late")

    assert caught.value.code == 10062


async def test_what_is_private_is_no_message_of_the_channel(
    loopback: Loopback, rows: tuple[Rows, int], asker: Who
) -> None:
    view, message_id = rows
    await click(loopback, asker, message_id, "helpful")
    interaction = await view.pressed.get()
    await interaction.response.send_message("private", ephemeral=True)
    private = await interaction.original_response()
    with pytest.raises(discord.NotFound):
        await interaction.channel.fetch_message(private.id)  # type: ignore[union-attr]  # it is a text channel
    await interaction.delete_original_response()

    assert loopback.world.private(asker.user_id) == []


async def test_an_interaction_tells_who_may_do_what(
    loopback: Loopback, rows: tuple[Rows, int], asker: Who, guild: int
) -> None:
    view, message_id = rows
    role = loopback.world.add_role(guild, "Moderators", permissions=Permission.MANAGE_MESSAGES)
    moderator = Who(asker.channel_id, loopback.world.add_member(guild, "mo", roles=[role]))
    await click(loopback, moderator, message_id, "helpful")
    interaction = await view.pressed.get()

    assert interaction.permissions.value == MEMBER | Permission.MANAGE_MESSAGES
    assert interaction.app_permissions.value == MEMBER
    assert isinstance(interaction.user, discord.Member)
    assert interaction.user.get_role(role) is None  # the client has not heard of a role that is newer than it
    assert interaction.user._roles.has(role)  # noqa: SLF001  # discord.py hides ids of roles it does not know
