"""The documentation names commands, settings, permissions and lines that there are."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from typer.core import TyperGroup

from bot.adapters.discord.calls import FOR_SOME, NEEDED
from bot.adapters.slack.identity import BOT_TOKEN, manifest
from bot.bootstrap import discord_options, slack_options
from bot.cli.app import COMMANDS, imported
from bot.cli.failures import words
from bot.cli.run import Platform
from bot.config import Settings, variable
from bot.core.models import Mode
from bot.core.wording.labels import MODES
from bot.errors import FaqbotError, PlatformRefusedError, ScopesMissingError, SettingsError, TokenRefusedError

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "docs").glob("*.md")),
]
SLACK, DISCORD = ((ROOT / "docs" / f"{platform}.md").read_text("utf-8") for platform in Platform)
COMMAND = re.compile(
    r"(?:^\$ |`)(?:faqbot|docker compose run --rm (?:slack|discord)) ([a-z]+)(?: ([a-z|]+))?", re.MULTILINE
)


GROUPS = {name: group for name in COMMANDS if isinstance(group := imported(name, COMMANDS[name]), TyperGroup)}


def commands() -> set[str]:
    """Return all commands: `ask`, with their group `faq import`, and a group that does something alone."""
    alone = {name for name, group in GROUPS.items() if group.invoke_without_command}
    below = {f"{name} {command}" for name, group in GROUPS.items() for command in group.commands}
    return COMMANDS.keys() - GROUPS.keys() | alone | below


def named(page: str) -> set[str]:
    """Return the commands that a page names."""
    found = COMMAND.findall(page)
    return {f"{first} {each}" if first in GROUPS else first for first, more in found for each in more.split("|")}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_commands_that_are_named_exist(path: Path) -> None:
    assert {each.strip() for each in named(path.read_text("utf-8"))} <= commands() | GROUPS.keys()


def test_commands_are_found_in_pages() -> None:
    assert len(named(PAGES[0].read_text("utf-8"))) > 15
    assert {"run", "faq import", "channels set"} <= named(SLACK) & named(DISCORD)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_settings_that_are_named_exist(path: Path) -> None:
    known = {variable(name) for name in Settings.model_fields}
    assert set(re.findall(r"FAQBOT_[A-Z_]*[A-Z]", path.read_text("utf-8"))) <= known


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_its_links_lead_to_files_and_headings_that_there_are(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)]+)\)", path.read_text("utf-8")):
        file, _, heading = target.partition("#")
        page = (path.parent / file) if file else path
        assert page.exists(), target
        headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE) if heading else []
        assert not heading or heading in {_anchor(each) for each in headings}, target


def _anchor(heading: str) -> str:
    """Return what a page leads to a heading by: its words, without what is none of a word."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize(("platform", "page"), [("slack", SLACK), ("discord", DISCORD)])
def test_each_setting_of_a_platform_is_told_of_but_for_addresses(platform: str, page: str) -> None:
    own = {variable(name) for name in Settings.model_fields if name.startswith(platform) and not name.endswith("_url")}
    assert own <= set(re.findall(r"FAQBOT_[A-Z_]*[A-Z]", page))


@pytest.mark.parametrize("page", [SLACK, DISCORD])
def test_the_modes_are_those_of_the_bot(page: str) -> None:
    table = page[page.index("-settings` |" if page is DISCORD else "settings` |") :].partition("\n\n")[0]
    assert [line.split()[1].lower() for line in table.splitlines()[2:]] == list(Mode)
    assert f"**{MODES[Mode.MENTION]}**" in page


def test_the_scopes_are_those_of_the_manifest() -> None:
    table = SLACK[SLACK.index("| Scopes") :].partition("\n\n")[0]
    explained = re.findall(r"`([a-z._]+:[a-z.]+|commands)`", table)
    assert sorted(explained) == sorted([*manifest()["oauth_config"]["scopes"]["bot"], "connections:write"])


def test_the_permissions_are_those_that_the_bot_needs() -> None:
    table = DISCORD[DISCORD.index("| Permission") :].partition("\n\n")[0]
    explained = {name: int(value) for name, value in re.findall(r"^\| ([A-Z][A-Za-z ]+) \| (\d+)", table, re.MULTILINE)}
    values = {shown: getattr(discord.Permissions, name).flag for name, shown in (NEEDED | FOR_SOME).items()}
    assert explained == {name: values[name] for name in NEEDED.values()} | {
        "Send Messages": discord.Permissions.send_messages.flag
    }
    assert f"permissions={sum(explained.values())}\n" in DISCORD
    assert f"**{sum(explained.values())}**" in DISCORD
    assert all(f"{name} ({values[name]})" in " ".join(DISCORD.split()) for name in FOR_SOME.values())


def refused(options: Callable[[Settings], object], **given: str) -> SettingsError:
    """Return how settings are refused."""
    with pytest.raises(SettingsError) as error:
        options(Settings.model_validate(given))
    return error.value


def constants() -> set[str]:
    """Return all strings that stand in the source of the adapters, and in what they share."""
    files = [path for part in ("adapters", "chat") for path in (ROOT / "bot" / part).rglob("*.py")]
    sources = (path.read_text("utf-8") for path in files)
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_the_lines_of_a_start_in_slack_are_those_that_come() -> None:
    port = "127.0.0.1:3000 cannot be listened at: Address already in use"
    remedy = "set FAQBOT_SLACK_HOST and FAQBOT_SLACK_PORT to what is free on this machine"
    faults: list[FaqbotError] = [
        refused(slack_options),
        refused(slack_options, slack_bot_token="xoxb-1"),  # noqa: S106  # opens nothing
        refused(slack_options, slack_bot_token="xoxb-1", slack_mode="http"),  # noqa: S106  # as above
        TokenRefusedError(BOT_TOKEN, "invalid_auth"),
        ScopesMissingError("slack", ("reactions:write",)),
        PlatformRefusedError("slack", port, remedy),
    ]
    assert remedy in constants()
    assert [
        line for fault in faults for line in words(fault) if f"| `{line.removeprefix('faqbot: ')}` |" not in SLACK
    ] == []


def test_the_lines_of_a_start_on_discord_are_those_that_come() -> None:
    unknown, reason = "Discord does not know it", "the intents are not allowed"
    remedy = next(each for each in constants() if each.startswith("switch Message Content Intent on"))
    faults: list[FaqbotError] = [
        refused(discord_options),
        refused(discord_options, discord_token="x", discord_shard_ids="3"),  # noqa: S106  # opens nothing
        TokenRefusedError("discord_token", unknown),
        PlatformRefusedError("discord", reason, remedy),
    ]
    assert {unknown, reason} <= constants()
    assert [
        line for fault in faults for line in words(fault) if f"| `{line.removeprefix('faqbot: ')}` |" not in DISCORD
    ] == []


@pytest.mark.parametrize(
    ("page", "logged"), [(SLACK, r"(?:the log says|^\|) `(slack\.[^`]+)`"), (DISCORD, r"^\| `([^`]+)`(?=,| \|)")]
)
def test_the_lines_of_the_log_are_those_that_come(page: str, logged: str) -> None:
    lines = re.findall(logged, page.partition("in the log, ")[2] or page, re.MULTILINE)
    assert lines
    assert set(lines) <= constants()
