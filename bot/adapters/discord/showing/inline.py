"""Write the words of a paragraph of Markdown, with their styles, code and links."""

from collections import Counter
from collections.abc import Collection, Sequence

from markdown_it.token import Token

from bot.adapters.discord.showing.markup import APART, escaped, linked
from bot.core.wording.visible import visible

BOLD = "**"
_STYLES = {"strong": BOLD, "em": "*", "s": "~~"}
_TICK = "`"


def words(tokens: Sequence[Token], *, domains: Collection[str], bold: bool = False) -> str:
    """Return the words of inline tokens, to be sealed when they are put together; a link shows where it leads."""
    shown: list[str] = []
    depths = Counter({"strong": int(bold)})
    links: list[tuple[int, str]] = []
    for before, token in zip((None, *tokens), tokens, strict=False):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in _STYLES:
            sign = _style(name, token.nesting, depths)
            # The end of a style and the beginning of the next would be read as one sign.
            between = token.nesting > 0 and before is not None and before.nesting < 0
            shown += [APART, sign] if sign and between else [sign]
        elif token.type == "link_open":
            links.append((len(shown), str(token.attrs["href"])))
        elif token.type == "link_close":
            start, url = links.pop()
            shown[start:] = [_with_address("".join(shown[start:]), url, domains)]
        else:
            shown.append(_leaf(token, domains, after=shown[-1] if shown else ""))
    text = "".join(shown).strip()
    return f"{BOLD}{text}{BOLD}" if bold and text else text


def _style(name: str, nesting: int, depths: Counter[str]) -> str:
    """Return the sign of a style where it begins and where it ends; inside of itself it does neither."""
    outermost = depths[name] == (nesting < 0)
    depths[name] += nesting
    return _STYLES[name] if outermost else ""


def _leaf(token: Token, domains: Collection[str], *, after: str) -> str:
    text = visible(token.content)
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "code_inline":
            return _code(text, after=after)
        case "image":
            return _with_address(escaped(text), str(token.attrs["src"]), domains)
        case _:
            return escaped(text, domains=domains)


def _code(text: str, *, after: str) -> str:
    if _TICK in text or not text.strip():
        return escaped(text)
    # Two ticks in a row would begin code of another kind.
    return f"{APART if after.endswith(_TICK) else ''}{_TICK}{text}{_TICK}"


def _with_address(name: str, url: str, domains: Collection[str]) -> str:
    address = linked(url, domains=domains) or escaped(visible(url))
    return address if name.strip() in {"", address} else f"{name} ({address})"
