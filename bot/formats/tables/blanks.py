"""Find the blanks that a bot fills in when it answers: nobody can read them as they stand."""

import re
from collections.abc import Iterable, Iterator

from bot.core.fields import shown

_BLANK = re.compile(
    r"\{\{.{1,200}?\}\}|\{%.{1,200}?%\}|<%.{1,200}?%>|\$\{[A-Za-z_][\w.]*\}"
    r"|(?<![/\w`=])\{(?:\d|user|author|member|mention|server|guild|channel|message|args?|target|random|choose|if|math|name|slot"
    r"|embed|uses|unix|ctx|prefix|everyone|here)(?:[.:|(\[][^{}\n]*)?\}"
    r"|%(?:user|username|mention|server|channel|guild|author)%",
    re.DOTALL | re.IGNORECASE,
)


def blanks(answers: Iterable[str], *, names: bool = False) -> Iterator[tuple[str, str]]:
    """Yield a doubt for each answer with a blank; with `names` any word in braces is one, as `{first_name}`."""
    for answer in answers:
        found = _BLANK.search(answer) or (_NAME.search(answer) if names else None)
        if found:
            yield f"the answer has a blank that a bot fills in: '{shown(found[0])}'", "write it out"


_ADDRESSED = re.compile(
    r"(?:^[ \t]*|[,!]?[ \t]+)"
    r"\{(?:user|author|member|ctx\.author|mention)(?:\.(?:mention|name|display_name|nick))?\}[,:!]?",
    re.MULTILINE | re.IGNORECASE,
)
_ARGUMENT = re.compile(r"\{\d(?:\.\w+)?(?::\w+)?\}")


def without_blanks(answer: str) -> str:
    """Return the answer without the name of who asked, and with an ellipsis where the bot repeats what was said."""
    return _ARGUMENT.sub("…", _ADDRESSED.sub("", answer)).strip()


def count_blanks(answer: str) -> int:
    """Return how many blanks an answer has."""
    return len(_BLANK.findall(answer))


_NAME = re.compile(r"\{[A-Za-z_]\w*\}")
