"""Read languages as tables name them: `en_us`, `EN`, `English`, `Deutsch`."""

import re

from bot.formats.tables.names import fold

_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
_NAMES = {
    "en": "english|englisch|anglais|inglés|inglese|inglês|engels|английский|angielski|ingilizce|英语|英語",
    "de": "german|deutsch|allemand|alemán|tedesco|alemão|duits|немецкий|niemiecki|almanca|德语|ドイツ語",
    "fr": (
        "french|français|französisch|francés|francese|francês|frans|французский|francuski|fransızca|法语|フランス語"
    ),
    "es": (
        "spanish|español|castellano|spanisch|espagnol|spagnolo|espanhol|spaans|испанский|hiszpański"
        "|ispanyolca|西班牙语|スペイン語"
    ),
    "it": "italian|italiano|italienisch|italien|italiaans|итальянский|włoski|italyanca|意大利语|イタリア語",
    "pt": ("portuguese|português|portugiesisch|portugais|portugués|portoghese|portugees|португальский|portekizce"),
    "nl": "dutch|nederlands|niederländisch|néerlandais|neerlandés|olandese|holandês|голландский|hollandaca",
    "ru": "russian|русский|russisch|russe|ruso|russo|rosyjski|rusça|俄语|ロシア語",
    "pl": "polish|polski|polnisch|polonais|polaco|polacco|polonês|pools|польский|lehçe|波兰语",
    "tr": "turkish|türkçe|türkisch|turc|turco|turks|турецкий|turecki|土耳其语",
    "zh": "chinese|中文|chinesisch|chinois|chino|cinese|chinês|chinees|китайский|chiński|çince|汉语|中国語|简体中文",
    "ja": "japanese|日本語|japanisch|japonais|japonés|giapponese|japonês|japans|японский|japoński|japonca|日语",
    "ko": "korean|한국어|koreanisch|coréen",
    "uk": "ukrainian|українська|ukrainisch",
}
_BY_NAME = {fold(name): code for code, names in _NAMES.items() for name in names.split("|")}
ANY = frozenset(map(fold, ("all", "any", "alle", "*", "global")))


def read_locale(written: str) -> str | None:
    """Return the language as `pt-BR` is written, None when it is no language."""
    named = _BY_NAME.get(fold(written))
    code = _CODE.fullmatch(written.strip())
    if named or code is None:
        return named
    language, script, region = code.groups()
    return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)
