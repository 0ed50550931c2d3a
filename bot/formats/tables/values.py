"""Read the values of cells: dates, languages, states, blanks, titles, and answers that are HTML or a card."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from bot.core.fields import shown
from bot.core.models import Audience, Status
from bot.formats.listing import DATE, parse_date
from bot.formats.marks import plain_title
from bot.formats.markup import markdown_of
from bot.formats.tables.names import fold

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:,? \d{1,2}:\d{2}.*)?")
_EASTERN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_WRITTEN = re.compile(rf"{DATE}(?:,? \d{{1,2}}:\d{{2}}.*)?")
_SECONDS = re.compile(r"\d{10}")
_MILLISECONDS = re.compile(r"\d{13}")


def day_first(column: Iterable[str]) -> bool | None:
    """Return whether days stand before months in dates such as 3/4/2026, None when the column does not show it."""
    found = [match for match in map(_SHORT.fullmatch, map(str.strip, column)) if match]
    shown = {True for each in found if int(each[1]) > _MONTHS or each[2] == "."}
    shown |= {False for each in found if int(each[3]) > _MONTHS}
    return shown.pop() if len(shown) == 1 else None


_MONTHS = 12


def read_day(written: str, *, day_first: bool | None) -> date | None:
    """Return the date that is meant, None for none and for one that may be two."""
    text = written.strip()
    if _MILLISECONDS.fullmatch(text) or _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC).date()
    if match := _ISO.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _EASTERN.fullmatch(text):
        return _date(*match.groups())
    if match := _SHORT.fullmatch(text):
        return _short(match, day_first=day_first)
    match = _WRITTEN.fullmatch(text)
    return parse_date(re.sub(r",? \d{1,2}:\d{2}.*$", "", text)) if match else None


def _short(match: re.Match[str], *, day_first: bool | None) -> date | None:
    first, second = match[1], match[3]
    if day_first is None and int(first) != int(second):
        return None
    return _date(match[4], *((second, first) if day_first else (first, second)))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
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
    code = _LOCALE.fullmatch(written.strip())
    if named or code is None:
        return named
    language, script, region = code.groups()
    return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)


_YES = (
    "yes|y|true|t|1|x|✓|✔|☑|ja|j|wahr|oui|o|vrai|sí|s|verdadero|sì|vero|sim|verdadeiro|waar|да"
    "|истина|tak|prawda|evet|doğru"
    "|是|真|はい|○|on|wahr|aktiv|active|enabled"
)
_NO = (
    "no|n|false|f|0|-|–|✗|✘|☐|nein|falsch|non|faux|falso|não|nee|onwaar|нет|ложь|nie|fałsz"
    "|hayır|yanlış|否|假|いいえ|×|off"
    "|inaktiv|inactive|disabled"
)
_STATUS = {
    Status.PUBLISHED: (
        "published|publish|public|live|active|approved|done|final|released|visible|enabled|online|current|ok|ready"
        "|yes|true|1|veröffentlicht|aktiv|freigegeben|live geschaltet|gültig|aktuell|publié|actif|en ligne"
        "|validé|publicado|activo|publicada|activa|vigente|pubblicato|attivo|pubblicata|approvato|ativo"
        "|aprovado|gepubliceerd|actief|опубликовано|опубликован|активен|активно|активный|opublikowane"
        "|opublikowany|aktywne|aktywny|yayında|yayınlandı|aktif|etkin|已发布|启用|有效|公開|公開済み|公開中|有効|on"
    ),
    Status.DRAFT: (
        "draft|drafts|private|future|scheduled"
        "|unpublished|pending|in review|review|needs review|to review|wip|work in progress"
        "|in progress|new|todo|to do|open|planned|proposed|not published|not approved|waiting|entwurf"
        "|unveröffentlicht|in prüfung|in arbeit|offen|in bearbeitung|ausstehend|geplant|nicht freigegeben"
        "|brouillon|en attente|non publié|à valider|en cours|borrador|pendiente|en revisión|no publicado"
        "|bozza|in attesa|in revisione|non pubblicato|rascunho|pendente|em revisão|não publicado|concept"
        "|in behandeling|niet gepubliceerd|черновик|на проверке|не опубликовано|в работе|szkic"
        "|wersja robocza|w trakcie|nieopublikowane|taslak|beklemede"
        "|yayınlanmadı|草稿|待审核|未发布|审核中|下書き|非公開|確認中"
        "|未公開"
    ),
    Status.RETIRED: (
        "retired|trash|inactive|archived|deprecated|obsolete|outdated|deleted|removed|disabled|hidden|expired|off"
        "|offline|withdrawn|old|closed|rejected|no|false|0|superseded|inaktiv|archiviert|veraltet|gelöscht"
        "|deaktiviert|abgelaufen|ungültig|ausgeblendet|inactif|archivé|obsolète|supprimé|désactivé|périmé"
        "|expiré|inactivo|inactiva|archivado|archivada|obsoleto|eliminado|caducado|desactivado|inattivo"
        "|archiviato|scaduto|eliminato|disattivato|inativo|arquivado|expirado|desativado|inactief"
        "|gearchiveerd|verouderd|verwijderd|verlopen|неактивен|неактивно|архив|в архиве|устарело|удалено"
        "|nieaktywne|nieaktywny|zarchiwizowane|przestarzałe|usunięte|pasif|arşivlendi|eski|silindi"
        "|devre dışı|已归档|停用|失效|过期|アーカイブ|無効|廃止|期限切れ"
    ),
}
_AUDIENCE = {
    Audience.PUBLIC: (
        "public|everyone|everybody|all|anyone|external|customer|customers|users|user|members|member"
        "|community|all users|end users|visible|öffentlich|alle|extern|kunden|kunde|jeder|publique|tous"
        "|tout le monde|externe|clients|público|publico|todos|externo|clientes|pubblico|tutti|esterno"
        "|clienti|openbaar|iedereen|klanten|публичный|все|всем|внешний|клиенты|публично|publiczny|wszyscy"
        "|zewnętrzny|klienci|herkes|genel|harici|müşteriler|公开|所有人|外部|客户|公開|全員|社外|顧客|no|false"
    ),
    Audience.INTERNAL: (
        "internal|staff|agents|agent|employees|employee|team|private|confidential|staff only|internal only"
        "|support|support team|moderators|mods|admins|admin|restricted|backoffice|intern|nur intern"
        "|mitarbeiter|vertraulich|team intern|agenten|interne|équipe|personnel|privé|confidentiel"
        "|agents uniquement|interno|interna|personal|equipo|privado|solo interno|personale|riservato"
        "|privato|equipe|confidencial|somente interno|medewerkers|personeel|внутренний|внутреннее"
        "|сотрудники|персонал|конфиденциально|внутри|wewnętrzny|wewnętrzne|personel|pracownicy|poufne"
        "|dahili|çalışanlar|gizli|内部|员工|仅内部|保密|社内|内部のみ|スタッフ|非公開|yes|true"
    ),
}


def _known(words: str) -> frozenset[str]:
    return frozenset(fold(word) or word for word in words.split("|"))


YES, NO = _known(_YES), _known(_NO)
_STATES = {word: status for status, words in _STATUS.items() for word in _known(words)}
_READERS = {word: audience for audience, words in _AUDIENCE.items() for word in _known(words)}


def is_yes(written: str) -> bool | None:
    """Return whether a word says yes, None when it says neither yes nor no."""
    word = fold(written) or written.strip()
    return True if word in YES else False if word in NO else None


def status_of(written: str) -> Status | None:
    """Return the status that a word stands for."""
    return _STATES.get(fold(written))


def audience_of(written: str) -> Audience | None:
    """Return the audience that a word stands for."""
    return _READERS.get(fold(written))


_BLANK = re.compile(
    r"\{\{.{1,200}?\}\}|\{embed[.:(]|\{%.{1,200}?%\}|<%.{1,200}?%>|\$\{[A-Za-z_][\w.]*\}"
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
_FEW = 4
_ARGUMENT = re.compile(r"\{\d(?:\.\w+)?(?::\w+)?\}")


def without_blanks(answer: str) -> str:
    """Return the answer without the name of who asked, and with an ellipsis where the bot repeats what was said.

    Where it says little else, as in "{0} loves {1}", that stays.
    """
    plain = _ADDRESSED.sub("", answer).strip()
    repeated = len(_ARGUMENT.findall(plain))
    return plain if repeated and _FEW * repeated > len(plain.split()) else _ARGUMENT.sub("…", plain)


def count_blanks(answer: str) -> int:
    """Return how many blanks an answer has."""
    return len(_BLANK.findall(answer))


_NAME = re.compile(r"\{[A-Za-z_]\w*\}")


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HEADING = re.compile(r"^\s*(?:#{1,6}|[-*•])\s+")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1")
_UNDERLINE = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


def clean_question(written: str) -> str:
    """Return the words of a question in one line."""
    text = _LINK.sub(r"\1", html.unescape(_TAG.sub(" ", written)))
    plain = _UNDERLINE.sub(r"\1", _EMPHASIS.sub(r"\2", _HEADING.sub("", text)))
    title = plain_title(plain) or " ".join(text.split())
    return written if title == written else title  # of a large table no text is held twice


_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|a|b|i|u|strong|em|h[1-6]|table|tr|td|th|pre|code|img|blockquote|hr|script|style|iframe|video"
    r"|audio|embed|object|figure|section|article|sub|sup|font|center|small|details|summary|dl|dt|dd)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|quot|lt|gt|apos|[lr]squo|[lr]dquo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE
)
_CARD_KEYS = frozenset({"title", "subtitle", "description", "imageurl", "redirectionurl"})


def render(written: str) -> str:
    """Return the text as Markdown."""
    card = _card(written)
    if card is not None:
        return card
    spoken = _CODE.sub(" ", written)
    if _MARKUP.search(spoken):
        return markdown_of(written)
    return html.unescape(written).replace("\u00a0", " ") if _ENTITY.search(spoken) else written


def _card(written: str) -> str | None:
    """Return the text of a card, which FAQ Plus keeps as JSON in place of an answer."""
    if not written.startswith("{"):
        return None
    try:
        card = json.loads(written)
    except (json.JSONDecodeError, RecursionError):
        return None
    fields = {key.lower(): value for key, value in card.items()} if isinstance(card, dict) else {}
    if "description" not in fields or not fields.keys() <= _CARD_KEYS:
        return None
    url = str(fields.get("redirectionurl") or "")
    link = f"[{fields.get('title') or fields.get('subtitle') or url}]({url})" if url else ""
    return "\n\n".join(part for part in (str(fields["description"] or ""), link) if part)
