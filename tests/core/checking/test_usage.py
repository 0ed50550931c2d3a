"""What the log says of entries, and secrets in them."""

from bot.core.checking.answers import in_secrets
from bot.core.checking.examining import Missing, Used, in_usage
from bot.core.checking.findings import Check, Checked, Severity, in_order
from bot.core.models import Entry


def test_entries_that_nobody_asks_for_are_found_once_enough_is_asked() -> None:
    used = [
        Used(entry_id="often", asked=49),
        Used(entry_id="never", asked=0),
        Used(entry_id="new", asked=0, is_new=True),
    ]
    assert list(in_usage(used, (), days=90)) == []
    used.append(Used(entry_id="once", asked=1))
    assert [(each.check, each.entry_id) for each in in_usage(used, (), days=90)] == [(Check.NEVER_ASKED, "never")]


def test_answers_that_are_mostly_rated_wrong_are_found() -> None:
    used = [
        Used(entry_id="bad", asked=9, helpful=1, wrong=2),
        Used(entry_id="even", asked=9, helpful=2, wrong=2),
        Used(entry_id="few", asked=9, wrong=2),
    ]
    assert [(each.check, each.entry_id) for each in in_usage(used, (), days=90)] == [(Check.RATED, "bad")]


def test_what_few_asked_is_not_quoted() -> None:
    missing = [Missing(text="is there bread", askers=4), Missing(text=None, askers=1)]
    (found,) = in_usage((), missing, days=90)
    assert (found.check, found.what) == (Check.NO_ENTRY, "4 people asked 'is there bread', and no entry answers it")


def test_a_secret_is_found_and_not_shown() -> None:
    key = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    entry = Entry(id="one", question="Why?", answer=f"Use {key} there.", staff_note="Write to kim@bakery.test.")
    (found,) = in_secrets(Checked(entry=entry))
    assert (found.check, found.severity, found.field) == (Check.SECRET, Severity.ERROR, "answer")
    assert key not in found.what + found.remedy


def test_the_worst_comes_first() -> None:
    used = [Used(entry_id="bad", asked=99, wrong=3), Used(entry_id="never", asked=0)]
    assert [each.severity for each in in_order(reversed(list(in_usage(used, (), days=9))))] == ["warning", "note"]
