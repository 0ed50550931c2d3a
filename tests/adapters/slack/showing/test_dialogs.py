"""Show that every dialog is one that Slack takes, and that what was typed comes back by its field."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.showing import dialogs
from bot.adapters.slack.showing.dialogs import dialog, errors, packed, typed, unpacked
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.adapters.slack.showing.parts import section
from bot.adapters.slack.showing.settings import settings_dialog
from bot.chat.markdown import width
from bot.core.manners import ChannelSettings
from bot.core.models import Audience, DismissReason, Mode
from tests.adapters.slack.showing.test_cards import HOSTILE, ITEM
from tests.loopback.slack.soundness import check_view

ABOUT = {"channel": "C1", "message": "1.2"}
LONG = replace(ITEM, text=HOSTILE)
VIEWS: Mapping[str, Mapping[str, Any]] = {
    "reason": dialogs.reason_dialog({"question": "Q7"}),
    "answer": dialogs.answer_dialog(ITEM, about=ABOUT),
    "answer long": dialogs.answer_dialog(LONG, about=ABOUT, answer=HOSTILE, replay=HOSTILE),
    "link": dialogs.link_dialog(ITEM, about=ABOUT),
    "link long": dialogs.link_dialog(LONG, about=ABOUT, chosen=(HOSTILE, "a" * 80), replay="Nothing changes."),
    "merge": dialogs.merge_dialog(LONG, [ITEM, replace(LONG, id="R13")], about=ABOUT),
    "merge none": dialogs.merge_dialog(ITEM, [ITEM], about=ABOUT),
    "dismiss": dialogs.dismiss_dialog(LONG, about=ABOUT),
    "snooze": dialogs.snooze_dialog(LONG, about=ABOUT),
    "settings": settings_dialog(ChannelSettings(no_answer=HOSTILE, locale="pt-BR"), about=ABOUT),
    "draft": dialogs.draft_dialog(question=HOSTILE, answer=HOSTILE, audience=Audience.INTERNAL, about=ABOUT),
    "search": dialogs.search_dialog(about=ABOUT),
    "shown": dialogs.shown_dialog(HOSTILE, [section("a")]),
}


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_every_dialog(name: str) -> None:
    check_view(VIEWS[name])


def field(view: Mapping[str, Any], name: SlackField) -> Mapping[str, Any]:
    """Return what is typed or chosen into, of one field of a dialog."""
    (found,) = (block["element"] for block in view["blocks"] if block.get("block_id") == name)
    assert isinstance(found, dict)
    return found


def test_an_item_comes_back_in_the_version_that_was_seen() -> None:
    assert unpacked(VIEWS["answer"]["private_metadata"]) == {"item": "R12", "version": "7", **ABOUT, "language": "en"}


def test_the_effect_is_shown_before_anything_is_saved() -> None:
    assert VIEWS["answer"]["submit"]["text"] == "What would change"
    shown: Mapping[str, Any] = dialogs.answer_dialog(ITEM, about=ABOUT, answer="a", replay="<!here> loses its answer.")
    assert shown["submit"] == {"type": "plain_text", "text": "Save", "emoji": False}
    assert shown["blocks"][-1]["text"]["text"].endswith("\n&lt;\u2060!here&gt; loses its answer.")
    assert field(shown, SlackField.ANSWER)["initial_value"] == "a"


def test_the_nearest_entry_is_proposed_unless_another_was_chosen() -> None:
    assert field(VIEWS["link"], SlackField.ENTRY)["initial_option"]["value"] == "invoices"
    assert field(VIEWS["link long"], SlackField.ENTRY)["initial_option"]["value"] == "a" * 80


def test_an_item_is_not_merged_into_itself() -> None:
    assert [line["value"] for line in field(VIEWS["merge"], SlackField.ITEM)["options"]] == ["R13"]
    assert "submit" not in VIEWS["merge none"]


def test_menus_offer_every_choice() -> None:
    assert [line["value"] for line in field(VIEWS["dismiss"], SlackField.REASON)["options"]] == list(DismissReason)
    assert [line["value"] for line in field(VIEWS["settings"], SlackField.MODE)["options"]] == list(Mode)
    assert field(VIEWS["settings"], SlackField.MODE)["initial_option"]["value"] == Mode.OFF
    assert field(VIEWS["draft"], SlackField.AUDIENCE)["initial_option"]["value"] == Audience.INTERNAL


@pytest.mark.parametrize(("length", "kept"), [(3_000, 3_000), (3_001, 3_000)])
def test_a_field_begins_with_no_more_than_it_takes(length: int, kept: int) -> None:
    view = dialogs.draft_dialog(question="a", answer="a" * length, audience=Audience.PUBLIC, about={})
    assert (
        width(field(view, SlackField.ANSWER)["initial_value"]) == kept == field(view, SlackField.ANSWER)["max_length"]
    )


def test_a_title_is_cut_at_24() -> None:
    for length, title in ((24, "a" * 24), (25, "a" * 23 + "…")):
        view: Mapping[str, Any] = dialog(Dialog.SEARCH, "a" * length, [section("a")], about={}, submit=None)
        assert view["title"]["text"] == title


def test_a_dialog_keeps_3000_characters_and_no_more() -> None:
    room = 3_000 - len('{"a":""}')
    assert len(packed({"a": "x" * room})) == 3_000
    with pytest.raises(ValueError, match="at most 3000 characters, not 3001"):
        packed({"a": "x" * (room + 1)})


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=5))
def test_what_a_dialog_is_about_comes_back(about: dict[str, str]) -> None:
    assert unpacked(packed(about)) == about


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"a":1}', "null"])
def test_what_cannot_be_read_is_about_nothing(text: str) -> None:
    assert unpacked(text) == {}


def test_typed_and_chosen_values_come_back_without_empty_ones() -> None:
    state = {
        "values": {
            "answer": {SlackAction.VALUE: {"type": "plain_text_input", "value": " Yes. "}},
            "category": {SlackAction.VALUE: {"type": "plain_text_input", "value": None}},
            "note": {SlackAction.VALUE: {"type": "plain_text_input", "value": "  "}},
            "entry": {SlackAction.ENTRY: {"type": "external_select", "selected_option": {"value": "invoices"}}},
            "mode": {SlackAction.VALUE: {"type": "static_select", "selected_option": None}},
            "other": {SlackAction.VALUE: {"type": "plain_text_input", "value": "x"}},
        }
    }
    assert typed(state) == {SlackField.ANSWER: "Yes.", SlackField.ENTRY: "invoices"}
    assert typed({}) == {}


def test_errors_stand_at_fields_that_the_dialog_has() -> None:
    told = errors({SlackField.ANSWER: "Too long.", SlackField.QUESTION: "a" * 400})
    assert told["answer"] == "Too long."
    assert width(told["question"]) == 300
    assert set(told) <= {block.get("block_id") for block in VIEWS["answer"]["blocks"]}
