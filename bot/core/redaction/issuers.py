"""The number ranges that the networks of payment cards issue.

ISO/IEC 7812-1: a card number has at most 19 digits, begins with the number of its issuer and ends in a Luhn check
digit. The ranges and lengths are those that the networks publish (Visa, Mastercard's tables of account ranges,
American Express, Discover with Diners Club, JCB and UnionPay, Mir, RuPay and the national schemes), as gathered in
Wikipedia's "Payment card number" and in the package `credit-card-type` of Braintree. Where they differ the wider range
counts, except for 17 and 18 digits: no network is known to issue those but UnionPay, Mir and Maestro, and ids on
Discord have that length.
"""

from collections.abc import Collection
from itertools import accumulate
from typing import Final, NamedTuple

LENGTHS: Final = range(12, 20)
_DOUBLED = tuple(sum(divmod(2 * digit, 10)) for digit in range(10))


class Range(NamedTuple):
    """The numbers from one beginning to another, both included, and how long they are."""

    first: str
    last: str
    lengths: Collection[int]


_USUAL = frozenset({16})
_LONG = frozenset({16, 19})
_ANY_LONG = range(16, 20)
_RANGES = (
    Range("4", "4", frozenset({13, 16, 19})),  # Visa, with Dankort, Elo, mada and Verve on its numbers
    Range("51", "55", _USUAL),  # Mastercard, Diners Club in North America
    Range("2221", "2720", _USUAL),  # Mastercard since 2017
    Range("34", "34", frozenset({15})),  # American Express
    Range("37", "37", frozenset({15})),
    Range("300", "305", frozenset({14, 16, 19})),  # Diners Club International
    Range("3095", "3095", frozenset({14, 16, 19})),
    Range("36", "36", frozenset({14, 16, 19})),
    Range("38", "39", frozenset({14, 16, 19})),  # with Hipercard
    Range("3528", "3589", _LONG),  # JCB, with LankaPay and some of RuPay
    Range("1800", "1800", frozenset({15})),  # JCB, old
    Range("2131", "2131", frozenset({15})),
    Range("6011", "6011", _LONG),  # Discover
    Range("644", "659", _LONG),  # Discover, with RuPay, Troy, Verve and Elo
    Range("62", "62", _ANY_LONG),  # UnionPay
    Range("81", "82", _ANY_LONG),  # UnionPay, RuPay
    Range("2200", "2205", _ANY_LONG),  # Mir, Borica
    Range("5018", "5018", LENGTHS),  # Maestro, with Switch, Solo, Laser and Bancontact, which became it
    Range("5020", "5020", LENGTHS),
    Range("5038", "5038", LENGTHS),
    Range("5893", "5893", LENGTHS),
    Range("6304", "6304", LENGTHS),
    Range("6331", "6334", LENGTHS),
    Range("6703", "6703", LENGTHS),
    Range("6759", "6771", LENGTHS),
    Range("6799", "6799", LENGTHS),
    Range("50", "50", _LONG),  # Maestro, Verve, Elo, meeza, RuPay, GPN
    Range("56", "58", _LONG),  # Maestro, Uzcard, mada
    Range("60", "69", _LONG),  # Maestro, RuPay, GPN, InterPayment, InstaPayment, UkrCard, Hipercard
    Range("8600", "8600", _USUAL),  # Uzcard
    Range("9051", "9051", _USUAL),  # ArCa
    Range("9112", "9112", _USUAL),  # Belkart
    Range("968", "968", _USUAL),  # mada
    Range("9792", "9792", _USUAL),  # Troy
    Range("9860", "9860", _USUAL),  # Humo
)


def is_card(number: str) -> bool:
    """Return whether a network gives out numbers such as this, and its check digit is right."""
    return any(
        len(number) in each.lengths and each.first <= number[: len(each.first)] <= each.last for each in _RANGES
    ) and passes_luhn(number)


def passes_luhn(number: str) -> bool:
    """Return whether the digits have the length of a card number and end in its check digit."""
    return CheckDigits(number).are_right(0, len(number))


class CheckDigits:
    """The digits of a row, summed up so that each part of it is checked in the same few steps."""

    def __init__(self, number: str) -> None:
        digits = list(map(int, number))
        # Every other digit counts doubled: those in the odd places where a part ends in an even one.
        self._sums = [
            [*accumulate((_DOUBLED[digit] if at % 2 != last else digit for at, digit in enumerate(digits)), initial=0)]
            for last in (0, 1)
        ]

    def are_right(self, start: int, stop: int) -> bool:
        """Return whether this part has the length of a card number and ends in its check digit (Luhn)."""
        sums = self._sums[(stop - 1) % 2]
        return stop - start in LENGTHS and (sums[stop] - sums[start]) % 10 == 0
