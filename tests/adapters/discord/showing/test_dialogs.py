"""Show the dialogs of members and moderators, and what is read out of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.discord.showing.dialogs import (
    DiscordField,
    Filled,
    Form,
    FormModal,
    answer_modal,
    dismiss_modal,
    draft_modal,
    filled,
    link_modal,
    merge_modal,
    reason_modal,
    snooze_modal,
    text_field,
)
from bot.core.models import Audience, Match
from tests.adapters.discord.showing.fitting import modal_fits
from tests.adapters.discord.showing.test_cards import ITEM

OTHERS = [replace(ITEM, id=f"R{number}", text="x" * 200) for number in range(40)]
LONG = replace(
    ITEM,
    text="x" * 5_000,
    nearest=tuple(Match(entry_id=f"entry-{at}", phrase="q" * 300, confidence=0.5) for at in range(40)),
)


def parts(modal: FormModal) -> dict[str, Mapping[str, Any]]:
    """Return the fields of a dialog by their names."""
    return {part["component"]["custom_id"]: part["component"] for part in modal.to_dict()["components"]}


@pytest.mark.parametrize(
    ("modal", "custom_id", "fields"),
    [
        (reason_modal("Q12"), "faq-form:reason:Q12", ["reason"]),
        (
            answer_modal(LONG, answer="a" * 5_000),
            "faq-form:answer:R12:7",
            ["question", "answer", "category"],
        ),
        (link_modal(LONG), "faq-form:link:R12:7", ["entry", "entry_id"]),
        (link_modal(replace(ITEM, nearest=())), "faq-form:link:R12:7", ["entry_id"]),
        (merge_modal(ITEM, OTHERS), "faq-form:merge:R12:7", ["item"]),
        (dismiss_modal(ITEM), "faq-form:dismiss:R12:7", ["reason", "note"]),
        (snooze_modal(ITEM), "faq-form:snooze:R12:7", ["hours"]),
        (
            draft_modal("123", question="q" * 400, answer="a" * 5_000, audience=Audience.INTERNAL),
            "faq-form:draft:123",
            ["question", "answer", "category", "staff_note", "audience"],
        ),
    ],
)
def test_each_dialog_has_its_fields_and_fits(modal: FormModal, custom_id: str, fields: list[str]) -> None:
    assert modal.custom_id == custom_id
    assert list(parts(modal)) == fields
    assert modal_fits(modal.to_dict())


def test_an_item_is_not_merged_into_itself() -> None:
    assert merge_modal(ITEM, [ITEM]) is None
    modal = merge_modal(ITEM, [ITEM, OTHERS[1]])
    assert modal is not None
    assert [option["value"] for option in parts(modal)["item"]["options"]] == ["R1"]


@pytest.mark.parametrize(("length", "kept"), [(4_000, 4_000), (4_001, 4_000)])
def test_a_text_that_is_filled_in_already_fits_its_field(length: int, kept: int) -> None:
    field = text_field(DiscordField.ANSWER, "l" * 46, default="x" * length)
    assert len(field.component.to_component_dict()["value"]) == kept
    assert len(field.text) == 45


@pytest.mark.parametrize("length", [45, 46])
def test_a_title_fits(length: int) -> None:
    modal = FormModal(Form.REASON, "Q1", title="t" * length, fields=[])
    assert len(modal.title) == 45


def test_what_was_filled_in_is_read_from_every_kind_of_field() -> None:
    data = {
        "custom_id": "faq-form:dismiss:R12:7",
        "components": [
            {"type": 18, "component": {"type": 21, "custom_id": "reason", "value": "spam"}},
            {"type": 18, "component": {"type": 3, "custom_id": "item", "values": ["R3"]}},
            {"type": 18, "component": {"type": 4, "custom_id": "note", "value": " again "}},
            {"type": 18, "component": {"type": 3, "custom_id": "entry", "values": []}},
            {"type": 18, "component": {"type": 21, "custom_id": "mode", "value": None}},
            {"type": 18, "component": {"type": 4, "custom_id": "unheard-of", "value": "x"}},
            {"type": 10},
        ],
    }
    values = {DiscordField.REASON: "spam", DiscordField.ITEM: "R3", DiscordField.NOTE: "again"}
    assert filled(data) == Filled(Form.DISMISS, "R12", "7", values)


@pytest.mark.parametrize("custom_id", ["", "faq-form:unheard-of:R1", "faq:answer:R12:7"])
def test_a_dialog_of_somebody_else_is_left_alone(custom_id: str) -> None:
    assert filled({"custom_id": custom_id, "components": []}) is None
