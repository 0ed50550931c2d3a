"""Show the dialogs for the settings of a channel on Discord, and what comes back from them."""

from collections.abc import Sequence

import pytest

from bot.adapters.discord.showing.dialogs import DiscordField, Filled, Form
from bot.adapters.discord.showing.settings import settings_in, settings_message, settings_modal
from bot.chat.channel_settings import PARTS, SettingsPart
from bot.core.manners import ChannelSettings, ReplyPlace
from bot.core.models import Audience, Mode
from bot.core.wording.languages import LANGUAGES, speaking
from tests.adapters.discord.showing.fitting import modal_fits
from tests.adapters.discord.showing.test_dialogs import parts

CHANNEL = "9" * 18
SEVERAL = [f"{number}{'9' * 16}" for number in range(11, 31)]
LONGEST = ChannelSettings(
    no_answer="n" * 600,
    topics="t" * 600,
    askers=", ".join(SEVERAL),
    on_call=CHANNEL,
    on_call_hours="h" * 300,
    news="x" * 300,
    locale="pt-BR",
)


@pytest.mark.parametrize("roles", [(), [CHANNEL, *SEVERAL]], ids=["typed", "picked"])
@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("part", SettingsPart)
def test_each_part_fits_in_each_language(part: SettingsPart, locale: str, roles: Sequence[str]) -> None:
    with speaking(locale):
        modal = settings_modal(CHANNEL, LONGEST, part, roles=roles)
    assert list(parts(modal)) == [field.name for field in PARTS[part]]
    assert len(modal.custom_id) <= 100
    assert modal_fits(modal.to_dict())


def test_what_is_set_is_shown_and_what_is_not_says_what_counts() -> None:
    settings = ChannelSettings(mode=Mode.AMBIENT, audience=Audience.INTERNAL, no_answer="Sorry", wait_seconds=30)
    shown = parts(settings_modal("45", settings, SettingsPart.MODE))
    chosen = {
        name: [each["value"] for each in shown[name]["options"] if each.get("default")] for name in ("mode", "audience")
    }
    assert chosen == {"mode": ["ambient"], "audience": ["internal"]}
    assert (shown["no_answer"]["value"], shown["wait_seconds"]["value"]) == ("Sorry", "30")

    settings = ChannelSettings(reply=ReplyPlace.CHANNEL, on_call="1187", askers="1188, 1189")
    modal = settings_modal("45", settings, SettingsPart.PEOPLE, roles=["1188", "1189"])
    shown = parts(modal)
    assert (shown["topics"]["placeholder"], shown["on_call"]["value"]) == ("all categories", "1187")
    assert [one["id"] for one in shown["askers"]["default_values"]] == [1188, 1189]
    hints = {part["component"]["custom_id"]: part.get("description") for part in modal.to_dict()["components"]}
    assert hints["topics"] == "categories with commas between them, in at most 500 characters"
    assert hints["reply"] is None


def test_a_dialog_that_an_older_version_showed_is_not_guessed_at() -> None:
    for detail in ("", "mode", "mode:abc", f"mood:{'0' * 30}"):
        assert settings_in(Filled(Form.SETTINGS, "45", detail, {DiscordField.MODE: "off"})) is None


def test_the_other_parts_are_led_to() -> None:
    message = settings_message("Done.", Filled(Form.SETTINGS, "45", "people:" + "0" * 30))
    assert [item.to_component_dict()["label"] for item in message.items] == ["Mode and language", "How often it speaks"]
