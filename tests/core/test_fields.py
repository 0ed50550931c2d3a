"""Show what a field of an entry may hold."""

from datetime import date

import pytest

from bot.core.fields import SCALARS, Unfit, read_value
from bot.core.models import Audience


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("question", " Where are\nmy coins? ", "Where are my coins?"),
        ("question", "", None),
        ("question", "x" * 301, None),
        ("audience", "internal", Audience.INTERNAL),
        ("audience", "guests", None),
        ("review_by", "2027-01-31", date(2027, 1, 31)),
        ("review_by", "31 Jan 2027", None),
        ("source.views", "0", 0),
        ("source.views", " ", None),
        ("channels", "#a" * 2_000, None),
        ("source.url", "javascript:alert(1)", None),
        ("locale", "NO", None),
        ("region", "NO", "NO"),
        ("category", "null", "null"),
        ("owner", "[a, b]", "[a, b]"),
    ],
)
def test_a_value_is_read_or_refused(name: str, written: str, value: object) -> None:
    assert read_value(name, written) == value


def test_the_fields_with_one_value() -> None:
    assert {"id", "question", "source.title"} <= set(SCALARS)
    assert {"aliases", "source"}.isdisjoint(SCALARS)


@pytest.mark.parametrize(
    ("name", "written", "unfit"),
    [
        ("answer", " \n", Unfit("the value is empty", "write something or leave the field out")),
        ("answer", "a\x00b", Unfit("the text holds U+0000, which cannot be stored", "take it out")),
        ("question", "x" * 301, Unfit("the text has 301 characters, more than 300", "shorten it")),
        ("status", "gone", Unfit("'gone' is not known here", "use one of draft, published, retired")),
        ("valid_until", "soon", Unfit("'soon' is no date", "write it like 2026-04-24")),
        (
            "source.url",
            "x" * 50,
            Unfit(f"'{'x' * 39}…' is no address of a web page", "write it like https://example.com/page"),
        ),
    ],
)
def test_what_is_refused_is_explained(name: str, written: str, unfit: Unfit) -> None:
    assert SCALARS[name](written) == unfit
