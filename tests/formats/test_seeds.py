"""The readers against the real pages, where they are at hand."""

from datetime import date

import pytest

from bot.formats import Collected, CollectedEntry, Document, collect
from bot.formats.reading import read
from tests.formats.pages import render
from tests.shared import shared

PAGES = {
    "001_7bd0bc9a516e5499.txt": "day first",
    "002_eeb79804516233ef.txt": "day first",
    "003_d85f7f71a613eff6.txt": "month first",
    "004_050a5c5f3790594b.txt": "month first",
}
PAIRS = "000_e8f3bd649c79fcb9.txt"


def document(name: str) -> Document:
    return read(name, shared("seeds", name).read_bytes())


@pytest.fixture(scope="module")
def collected() -> Collected:
    return collect([document(name) for name in (PAIRS, *PAGES)])


@pytest.fixture(scope="module")
def drafts(collected: Collected) -> dict[str, CollectedEntry]:
    return {draft.entry.id: draft for draft in collected.entries}


def test_sixty_records_and_fourteen_pairs_make_seventy_entries(collected: Collected) -> None:
    assert [len(document(name).records) for name in (PAIRS, *PAGES)] == [14, 15, 15, 15, 15]
    assert collected.problems == ()
    assert len(collected.entries) == 70
    assert sum(draft.excerpt for draft in collected.entries) == 56


@pytest.mark.parametrize(("name", "style"), PAGES.items())
def test_a_page_rendered_from_its_records_is_the_page(name: str, style: str) -> None:
    page = shared("seeds", name).read_text("utf-8").replace("Summary: ", "")
    assert render(document(name).records, style=style) == page.rstrip("\n")


def test_pairs_keep_every_line_of_the_text() -> None:
    lines = shared("seeds", PAIRS).read_text("utf-8").splitlines()
    written = [line.strip() for line in lines[12:] if line.strip()]
    records = document(PAIRS).records
    assert [line for r in records for line in (r.question, *r.passages[0].split("\n"))] == written
    assert [record.line for record in records][:2] == [13, 19]


@pytest.mark.parametrize(
    ("id_", "published", "updated", "views"),
    [
        ("why-did-my-identity-verification-fail", date(2023, 9, 5), date(2026, 4, 24), 11_563),
        ("how-do-i-opt-out-as-an-accredited-investor", date(2025, 4, 8), date(2025, 11, 17), None),
        ("why-did-my-perpetual-futures-open-or-close-order-fail", date(2025, 10, 31), date(2026, 5, 9), None),
        ("how-do-i-reach-out-to-okx-singapore-customer-support", date(2025, 6, 18), date(2025, 11, 17), 2),
        ("lead-traders-how-do-i-carry-out-lead-trades", date(2022, 12, 21), date(2026, 4, 15), 393),
        ("what-attestation-do-we-need-to-agree-to-when-verifying-as-an", date(2024, 2, 5), date(2025, 10, 8), 132),
        ("i-havent-received-the-sms-code", date(2023, 8, 16), date(2026, 3, 3), 32_507),
        ("how-do-i-freeze-my-account-web", date(2023, 8, 22), date(2026, 3, 24), 398),
        ("how-do-i-freeze-my-account-app", date(2024, 7, 11), date(2025, 10, 15), 7),
        ("how-do-i-change-my-email", date(2023, 9, 6), date(2026, 2, 9), 4_051),
        ("what-should-i-do-if-facial-recognition-fails", date(2024, 10, 11), date(2026, 5, 14), 494),
        ("what-should-i-do-if-i-forget-my-okx-wallet-password", date(2022, 10, 28), date(2026, 5, 9), 13_566),
        ("why-is-there-a-minimum-amount-to-deposit-btc", date(2024, 10, 15), date(2025, 9, 3), 15),
        ("how-do-i-use-my-smart-account", date(2023, 8, 30), date(2025, 11, 17), 12_993),
        ("how-do-i-reset-two-factor-authentication-2fa", date(2023, 9, 15), date(2026, 4, 16), 6_202),
    ],
)
def test_dates_and_views_are_those_of_the_page(
    drafts: dict[str, CollectedEntry], id_: str, published: date, updated: date, views: int | None
) -> None:
    source = drafts[id_].entry.source
    assert (source.published, source.updated, source.views) == (published, updated, views)


@pytest.mark.parametrize(
    ("id_", "places", "newest"),
    [
        ("whats-okx-security-assistant", ["001:12", "002:6", "004:9"], (date(2026, 2, 13), 34)),
        ("how-do-i-buy-crypto-with-my-cash-balance", ["001:16", "001:17"], (date(2026, 4, 30), 365)),
        ("what-can-i-do-if-my-device-is-running-in-an-unsafe", ["001:11", "004:7"], (date(2026, 2, 12), 301)),
    ],
)
def test_records_with_one_title_are_merged(
    collected: Collected, id_: str, places: list[str], newest: tuple[date, int]
) -> None:
    assert len(collected.merged) == 3
    (merged,) = (merged for merged in collected.merged if merged.id == id_)
    assert [place[:3] + place[place.index(":") :] for place in merged.places] == places
    (draft,) = (draft for draft in collected.entries if draft.entry.id == id_)
    assert len(draft.passages) == len(places)
    assert draft.entry.answer == "\n\n".join(draft.passages)
    assert (draft.entry.source.updated, draft.entry.source.views) == newest


def test_the_listed_categories_are_those_of_the_questions_as_far_as_words_tell(collected: Collected) -> None:
    first = document(PAIRS)
    assert len(first.categories) == 9
    assert {record.category for record in first.records} == {"Account Registration & Login"}


def test_an_excerpt_that_breaks_off_shows_it(drafts: dict[str, CollectedEntry]) -> None:
    answer = drafts["what-attestation-do-we-need-to-agree-to-when-verifying-as-an"].entry.answer
    assert answer.endswith("to confirm that Applicant is \u2026")
