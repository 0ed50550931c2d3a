"""Read back the further answers of an entry as an export wrote them."""

from collections.abc import Mapping
from typing import Any

from bot.core.fields import ALIAS, ALIAS_COUNT, ANSWER_COUNT, OF_ANSWER, Unfit, unfit_answers
from bot.core.local_answers import LocalAnswer
from bot.formats.records import DEFAULT_LOCALE

_KEYS = frozenset({*OF_ANSWER, "aliases"})
_NONE = Unfit(f"this is no list of at most {ANSWER_COUNT} answers", "see what `faqbot faq export` writes")


def exact_answers(given: object, entry: Mapping[str, Any]) -> tuple[LocalAnswer, ...] | Unfit:
    """Return the answers that stand beside the plain one of an entry with these fields, or what is wrong with them."""
    if not isinstance(given, list) or len(given) > ANSWER_COUNT:
        return _NONE
    answers: list[LocalAnswer] = []
    for each in given:
        read = _answer(each)
        if isinstance(read, Unfit):
            return read
        answers.append(read)
    unfit = unfit_answers(answers, locale=entry.get("locale", DEFAULT_LOCALE), region=entry.get("region"))
    return unfit or tuple(answers)


def _answer(given: object) -> LocalAnswer | Unfit:
    if not isinstance(given, dict) or not {"answer"} <= given.keys() <= _KEYS:
        return _NONE
    aliases = given.get("aliases", [])
    if not isinstance(aliases, list) or len(aliases) > ALIAS_COUNT:
        return _NONE
    values: dict[str, Any] = {name: rule(str(given[name])) for name, rule in OF_ANSWER.items() if name in given}
    texts: list[Any] = [ALIAS(str(alias)) for alias in aliases]
    unfit = next((each for each in (*values.values(), *texts) if isinstance(each, Unfit)), None)
    return unfit or LocalAnswer(**values, aliases=tuple(texts))
