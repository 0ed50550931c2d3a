"""Cards in every usual writing, and the numbers that are none: of orders, requests, devices, messages and phones."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.redaction import FindingKind, redact
from bot.core.redaction.payment_cards import passes_luhn

# The test numbers that networks and payment services publish.
PUBLISHED = (
    *("4111111111111111", "4012888888881881", "4242424242424242", "4000056655665556", "4222222222222"),
    *("4917610000000000", "4000000000000000006", "5555555555554444", "5105105105105100", "2223003122003222"),
    *("2720990000000007", "5200828282828210", "378282246310005", "371449635398431", "378734493671000"),
    *("341111111111111", "6011111111111117", "6011000990139424", "6011601160116611", "6445644564456445"),
    *("30569309025904", "38520000023237", "36700102000000", "36148900647913", "3530111333300000"),
    *("3566002020360505", "3569990010095841", "6200000000000005", "6205500000000000004", "6250946000000016"),
    *("6212345678901265", "8171999927660000", "8171999900000000021", "2200770212727079", "2201382000000013"),
    *("6759649826438453", "6799990100000000019", "6304000000000000", "6331101999990016", "5018000000000009"),
    *("6703444444444449", "6771798021000008", "6761000000000006", "6062828888666688", "5066991111111118"),
    *("5085000000000007", "9792030394440796"),
)  # fmt: skip
FOURS = (4, 4, 4, 4, 4)
WRITINGS = (
    "{}", "I paid with {}.", "my card {} was refused", "visa: {}", "it is {}, ok?", "card{}", "card={}&cvv=1", '"{}"',
    "{} 12/27 123", "12/27/{}", "deposit {}", "the card for order {}", "withdrawal to {}", "deposit from {} failed",
    "number {}", "hi\n{}\nbye", "**{}**", "`{}`", "in order to pay {}", "transfer: {}", "my payment is {}",
)  # fmt: skip


def grouped(number: str, sizes: tuple[int, ...], separator: str) -> str:
    """Return the number in groups of these sizes, the last as long as what is left."""
    pieces = []
    for size in sizes:
        pieces.append(number[:size])
        number = number[size:]
    return separator.join(filter(None, (*pieces, number)))


def sizes_of(number: str) -> tuple[int, ...]:
    """Return the groups in which a number stands on its card."""
    return (4, 6) if len(number) in {14, 15} else FOURS


def texts_with(number: str) -> list[list[str]]:
    """Return the number in all groupings, for each of the writings."""
    shown = [number, *(grouped(number, sizes_of(number), separator) for separator in (" ", "-", ".", "  ", " - ", "_"))]
    shown += [grouped(number, FOURS, " "), grouped(number, FOURS, "\u00a0"), grouped(number, (2,) * 10, " ")]
    return [[writing.format(each) for each in shown] for writing in WRITINGS]


def assert_found(number: str, text: str) -> None:
    """Check that no end of the number is left."""
    redacted = redact(text)
    assert FindingKind.CARD in redacted.found, text
    assert number[-4:] not in redacted.text


@pytest.mark.parametrize(("at", "number"), list(enumerate(PUBLISHED)))
def test_published_numbers_are_found_however_they_are_written(at: int, number: str) -> None:
    """Each two of a number, a writing and a grouping meet: a third of what all three make."""
    for row, texts in enumerate(texts_with(number)):
        for text in texts[(at + row) % 3 :: 3]:
            assert_found(number, text)


@pytest.mark.slow
def test_published_numbers_are_found_in_each_grouping_and_writing() -> None:
    for number in PUBLISHED:
        for texts in texts_with(number):
            for text in texts:
                assert_found(number, text)


@pytest.mark.parametrize("number", [number for number in PUBLISHED if len(number) != 13])
def test_what_is_called_an_order_is_a_card_where_it_is_grouped_like_one(number: str) -> None:
    assert redact(f"order {grouped(number, sizes_of(number), ' ')}").text == "order [card]"


NAMED = (
    "order {}", "order no. {}", "Order ID: {}", "my order number is {}", "order #{}", "request {}",
    "request id {}", "ticket #{}", "transaction {}", "Transaction ID: {}", "txid {}", "tx hash: {}",
    "deposit number {}", "deposit id {}", "withdrawal number: {}", "withdrawal id is {}", "transfer id={}",
    "refund no {}", "case_{}", "IMEI {}", "imei: {}", "IMEI number {}", "serial no: {}", "message id {}",
    "server {}", "guild id: {}", "channel {}", "uid: {}", "#{}", "{} is my order id",
    "{} was the transaction number", "https://example.com/orders/{}", "discord.com/channels/1/{}",
)  # fmt: skip


@given(st.sampled_from(NAMED), st.integers(10**11, 10**18 - 1).map(str))
def test_what_is_called_the_number_of_something_else_stays(frame: str, payload: str) -> None:
    (number,) = (payload + digit for digit in "0123456789" if checks(payload + digit))
    assert redact(frame.format(number)).text == frame.format(number)


def checks(number: str) -> bool:
    """Return whether the last digit is the check digit of those before it."""
    return passes_luhn(number.zfill(19))


@given(st.integers(350_000_000_000_00, 359_999_999_999_99).map(str))
def test_the_number_of_a_device_is_no_card_without_a_name(payload: str) -> None:
    (number,) = (payload + digit for digit in "0123456789" if checks(payload + digit))
    assert redact(number).text == number


PHONES = (
    "+4915112345679", "+49 1512 3456 7890", "+49 151 1234 5679", "+628123456789012", "+62 8123 4567 8901",
    "+6281234567895", "+5511912345678", "+55 11 91234 5678", "+39 333 1234 5678", "+44 7911 1234 5678",
    "+86 138 0013 80000", "+36 20 1234 5678", "+4111 1111 111 11", "+41 11 11 11 11 11", "+380 6712 3456 78",
)  # fmt: skip


@given(st.sampled_from(PHONES), st.integers(0, 9))
def test_what_has_a_country_code_is_a_phone(number: str, digit: int) -> None:
    assert redact(f"call {number[:-1]}{digit} now").text == "call [phone] now"


@given(st.sampled_from(["my phone is {}", "whatsapp: {}", "phone number {}", "mobile no {}", "tel: {}"]), st.data())
def test_what_is_called_a_phone_is_one(frame: str, data: st.DataObject) -> None:
    number = str(data.draw(st.integers(10**11, 10**15 - 1)))
    assert redact(frame.format(number)).text == frame.format("[phone]")


def test_few_random_numbers_are_taken_for_cards() -> None:
    """Before issuers and names counted, 9 in 100 of each length from 13 to 19 were."""
    digits = random.Random(11)  # noqa: S311  # a sample, no secret
    found = 0
    for length in range(12, 20):
        numbers = [str(digits.randrange(10 ** (length - 1), 10**length)) for _ in range(250)]
        found += sum(redact(number).text == "[card]" for number in numbers)
    assert found < 8 * 250 * 0.02


def test_few_ids_on_discord_are_taken_for_cards() -> None:
    digits = random.Random(11)  # noqa: S311  # a sample, no secret
    ids = [str((digits.randrange(10**12 // 2) << 22) | digits.randrange(1 << 22)) for _ in range(1_000)]
    assert sum(redact(each).text == "[card]" for each in ids) < 1_000 * 0.005
