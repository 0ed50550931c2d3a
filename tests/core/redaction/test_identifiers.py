"""E-mail addresses, phone numbers and cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.redaction import FindingKind, redact
from bot.core.redaction.payment_cards import passes_luhn


@pytest.mark.parametrize(
    "address",
    [
        "bob@example.com",
        "bob.smith+okx@mail.example.co.uk",
        "BOB_99@EXAMPLE.IO",
        "müller@exämple.de",
        "иван@пример.рф",
        "bob@xn--exmple-cua.com",
        "bob [at] example [dot] com",
        "bob(at)example.com",
        "bob%mail@example.museum",
        f"{'x' * 64}@example.com",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "<{}>", "<mailto:{}|write me>", "mail:{}", "我的邮箱是{}谢谢", "'{}'"])
def test_an_address_is_found(address: str, frame: str) -> None:
    assert redact(frame.format(address)).text == frame.format("[email]")


@pytest.mark.parametrize("text", ["@bob", "bob @ example", "pay@", "a@b", "foo@1.2.3", "@example.com", "5 @ 3.20 USD"])
def test_an_at_sign_is_no_address(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    "number",
    [
        "+1 (123) 456-7890", "+14155552671", "+44 20 7946 0958", "+44 (0)20 7946 0958", "+49 1512 3456789",
        "+91-98765-43210", "+65 9123 4567", "+55 (11) 91234-5678", "+86 138 0013 8000", "0049 30 1234567",
        "00 44 20 7946 0958", "(123) 456-7890", "(123)456-7890", "123-456-7890", "123.456.7890", "123 456 7890",
        "1-800-555-1234", "1 (800) 555-1234", "020 7946 0958", "07700 900123", "0171/1234567", "06 12 34 56 78",
        "08012345678", "(030) 1234567",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "call {}.", "({})", "is {} yours?", "tel:{}", "{}, please"])
def test_a_phone_number_is_found(number: str, frame: str) -> None:
    redacted = redact(frame.format(number))
    assert redacted.found == (FindingKind.PHONE,)
    assert not any(character.isdigit() for character in redacted.text)


@pytest.mark.parametrize(
    "text",
    [
        "my phone number is 5551234567",
        "mobile: 98765 43210",
        "WhatsApp me on 91234567",
        "my number is 612 345 678",
        "call me at 555-1234",
        "new phone 5551234567",
    ],
)
def test_a_number_that_is_called_a_phone_number_is_one(text: str) -> None:
    assert redact(text).found == (FindingKind.PHONE,)


@pytest.mark.parametrize(
    "text",
    [
        "1,234,567,890", "1.234.567,89", "0.00012345", "0.0712345678", "$123 456 7890", "+12345678 USDT",
        "1 000 000 000", "2024-05-06 10:30", "06/05/2024 1000", "01.02.2024 15 times", "05 12 2024",
        "2024-05-06T10:30:00+02:00",
        "block 0123456789", "order 0123456789", "order no. 0123456789", "uid: 0712345678", "192.168.100.100",
        "123e4567-e89b-12d3-a456-426614174000", "9876543210", "0xdAC17F958D2ee523a2206206994597C13D831ec7",
        "text 100 people", "my phone has 128 GB", "call 911", "12345678 shares",
    ],
)  # fmt: skip
def test_other_numbers_are_no_phone_numbers(text: str) -> None:
    assert redact(text).text == text


CARDS = {
    "visa": "4111111111111111",
    "visa, 13 digits": "4222222222222",
    "visa, 19 digits": "4000000000000000006",
    "mastercard": "5555555555554444",
    "mastercard, new": "2223003122003222",
    "american express": "378282246310005",
    "discover": "6011111111111117",
    "diners club": "30569309025904",
    "jcb": "3530111333300000",
    "unionpay": "6200000000000005",
    "maestro": "6759649826438453",
    "mir": "2200770212727079",
    "rupay": "8172340000000005",
    "maestro, beginning with 50": "5085000000000007",
    "of no network": "1234567812345670",
}


@pytest.mark.parametrize("number", CARDS.values(), ids=CARDS)
@pytest.mark.parametrize("separator", ["", " ", "-", " - "])
def test_a_card_is_found(number: str, separator: str) -> None:
    shown = separator.join(number[place : place + 4] for place in range(0, len(number), 4))
    assert redact(f"my card is {shown} ok").text == "my card is [card] ok"


@pytest.mark.parametrize("network", [network for network in CARDS if network != "of no network"])
def test_a_card_of_a_network_is_one_whatever_it_is_called(network: str) -> None:
    assert redact(f"the card of order {CARDS[network]}").text == "the card of order [card]"
    assert redact(f"20 {CARDS[network]} 77").text == "20 [card] 77"


@pytest.mark.parametrize(
    "text",
    [
        "pay ٤١١١١١١١١١١١١١١١",
        "3782 822463 10005",
        "4111 1111 1111 1111 12 27 123",
        "2 cards: 2024 4111 1111 1111 1111",
        "_4111111111111111_",
        "card=4111111111111111&cvv",
        "4111111111111111,5555555555554444",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "order 4111 1111 1111 1111",
    ],
)
def test_a_card_is_found_among_other_digits(text: str) -> None:
    redacted = redact(text)
    assert set(redacted.found) == {FindingKind.CARD}
    assert "1111" not in redacted.text


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "1714953600009",
        "order 4111111111111111",
        "order 1234567812345670",
        "uid 123456789012345671",
        "discord.com/channels/112233445566778899/1122334455667788909",
        "0.4111111111111111",
        "x4111111111111111x",
        "2024-05-06 2024-05-18",
        "100 200 300 400 509",
        "1 2 3 4 5 6 7 8 9 10 11 12 8",
        "41111111111111111111111111",
    ],
)
def test_other_numbers_are_no_cards(text: str) -> None:
    """Most of these have a right check digit, as one number in ten has."""
    assert redact(text).text == text


@given(st.integers(10**11, 10**18 - 1).map(str))
def test_the_check_digit_is_the_one_that_completes_the_sum(payload: str) -> None:
    """Compare the sum with the definition: from the right every second digit doubled, its own digits added."""
    expected = 0
    for place, digit in enumerate(reversed(payload)):
        expected += sum(map(int, str(int(digit) * 2))) if place % 2 == 0 else int(digit)
    right = str(-expected % 10)
    assert [digit for digit in "0123456789" if passes_luhn(payload + digit)] == [right]


@pytest.mark.parametrize("number", ["", "0", "0" * 11, "0" * 20])
def test_a_number_of_another_length_is_no_card(number: str) -> None:
    assert not passes_luhn(number)
