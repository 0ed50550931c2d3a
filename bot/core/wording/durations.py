"""Word durations."""

from bot.core.wording.languages import Message

_SECOND = Message("s")
_UNITS = ((Message("d"), 86_400), (Message("h"), 3_600), (Message("min"), 60), (_SECOND, 1))


def in_words(seconds: float) -> str:
    """Return a duration in its two largest units, such as `3 h 20 min`, cut and not rounded."""
    left, parts = int(seconds), list[str]()
    for place, (unit, size) in enumerate(_UNITS):
        if left >= size:
            parts.append(f"{left // size} {unit}")
            left %= size
            following = _UNITS[place + 1 : place + 2]
            parts += [f"{left // smaller} {name}" for name, smaller in following if left >= smaller]
            break
    return " ".join(parts) or f"0 {_SECOND}"
