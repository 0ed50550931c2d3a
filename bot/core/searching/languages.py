# ruff: noqa: RUF001  # words of other languages
"""Detect whether a text is in another language than English, as far as an encoder for many languages can read it.

General detectors of languages are wrong on short chat: "cant login" is Lithuanian to one, "hola" Zulu to another. So
this looks at the script, and for the small words that each language cannot do without, and says when it cannot tell.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum, auto
from types import MappingProxyType

from bot.core.local_answers import language_of
from bot.core.searching.text import STOP_WORDS, is_latin, word_set

ENGLISH = "en"
# Words that keep a sentence together. What several languages have, English among them, tells none of these apart.
_SMALL = MappingProxyType(
    {
        ENGLISH: STOP_WORDS
        | word_set("why when where not no never cant dont doesnt didnt wont after before because if"),
        "de": word_set("""
            ich mich mir mein meine meinen meinem meiner du dir wir uns unser ihr euch euer eure er es sie der die das
            den dem des ein eine einen einem einer kein keine keinen ist sind war wird werden wurde habe hast hat haben
            hatte bin kann kannst können koennen konnte muss müssen soll darf will möchte moechte wie was wo wer wann
            warum wieso weshalb welche welcher welches und oder aber wenn weil dass ob nicht noch schon immer wieder auf
            für fuer mit von vom bei zu zum zur im in an am aus nach über ueber um durch ohne seit bitte so auch nur
            nichts etwas mehr hier
        """),
        "es": word_set("""
            yo mi mis me tu tus te su sus se nos nuestra nuestro ustedes usted el la los las lo le les un una unos unas
            de del al que qué como cómo cuando cuándo donde dónde cual cuál quien por porqué porque para con sin en y o
            pero si sí no ni es está esta este esto estoy están son era fue he ha han hay tengo tiene puedo puede pueden
            quiero quiere necesito hacer hago muy más mas ya aún todavía también desde hasta sobre cuánto cuanto nada
            nadie algo alguien a hola favor
        """),
        "fr": word_set("""
            je jai mon ma mes me moi tu ton ta tes te vous votre vos nous notre nos il elle on se sest son sa ses le la
            les un une des du de au aux dun dune et ou où mais donc si que qui quoi quel quelle quand comment pourquoi
            combien ne nai nest pas plus est cest suis sont été était ai as avez avons ont puis peux peut peuton pouvez
            veux voudrais dois faut fait faire sur sous dans par pour avec sans chez en y ce cette ces cela ça ca
            toujours encore depuis très aussi rien a bonjour merci
        """),
        "it": word_set("""
            io mi mio mia miei mie ti tuo tua si suo sua ci noi voi vostro vostra il lo la gli le un uno una di del
            della dei delle al alla dal dalla nel nella sul sulla e o ma se che chi cosa come quando dove perché perche
            quale quanto non è sono era ho hai ha hanno posso può puo voglio vorrei devo fare per con senza in su tra
            anche ancora già più piu molto questo questa quello niente nulla a ciao
        """),
        "nl": word_set("""
            ik mij mijn je jij jouw jullie u uw wij we ons onze hij zij ze het de een deze dit dat die is zijn was
            wordt worden heb hebt heeft hebben had ben kan kun kunt kunnen moet moeten wil mag hoe wat waar wie wanneer
            waarom welke en of maar als omdat niet geen nog al altijd weer op voor met van bij naar in aan uit over om
            door zonder te er ook alleen niets iets meer hier
        """),
        "pl": word_set("""
            ja mnie mi mój moj moja moje moją mojego mojej ty twój wy wasz wasza nasz on ona ono to ten ta te tego tej
            jest są sa był była było być mam masz ma mają mogę moge może moze można mozna muszę musze chcę chce jak
            kiedy gdzie kto co czy czemu dlaczego ile który która i a oraz albo lub ale jeśli jesli bo że ze żeby nie
            już jeszcze ciągle nadal na w we z ze do od po za przez dla bez przy o u się sie nic coś tylko bardzo tak
        """),
        "pt": word_set("""
            eu meu minha meus minhas me mim te seu sua seus suas nos nosso vocês voces você voce o a os as um uma uns
            umas de do da dos das no na nos nas ao à que quê como quando onde qual quem por porque porquê para pra pro
            com sem em e ou mas se não nao nem é está estou estão esta este isso isto são foi era tenho tem ter posso
            pode podem quero preciso fazer faço muito mais já ainda também desde até sobre quanto nada algo olá ola
        """),
        "tr": word_set("""
            ben bana beni benim sen sana senin biz bizim siz size sizin o onu bu bunu şu bir ve veya ya da de ile için
            icin ama fakat çünkü cunku ki mi mı mu mü nasıl nasil ne neden niye niçin nerede nereden nereye kim kimse
            hangi kaç zaman var yok değil degil evet hayır çok cok daha en gibi kadar sonra önce hâlâ hala artık şey
            lütfen lutfen olarak
        """),
    }
)
SUPPORTED = frozenset(_SMALL) | {"ar", "ja", "ko", "ru", "th", "zh"}
"""Name the languages that the multilingual encoder was made for."""

_LANGUAGES_OF = MappingProxyType(
    {
        word: tuple(name for name, words in _SMALL.items() if word in words)
        for word in frozenset().union(*_SMALL.values())
    }
)
# Cyrillic, Arabic, Thai, Kana, Han and Hangul.
_OTHER_SCRIPTS = re.compile(
    r"[\u0400-\u052f\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
)
_OF_SCRIPT: Mapping[re.Pattern[str], tuple[str, ...]] = MappingProxyType(
    {
        re.compile(r"[\u0400-\u052f]"): ("ru", "uk", "be", "bg", "sr", "mk", "kk"),
        re.compile(r"[\u0600-\u06ff]"): ("ar", "fa", "ur"),
        re.compile(r"[\u0e00-\u0e7f]"): ("th",),
        re.compile(r"[\u3040-\u30ff]"): ("ja",),
        re.compile(r"[\uac00-\ud7af]"): ("ko",),
        re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"): ("zh", "ja"),
    }
)
"""Name for each script the languages that are written in it, the likeliest first."""

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_SCRIPTS = MappingProxyType(
    {
        name: re.compile(f"[{letters}]")
        for name, letters in {
            "ru": r"\u0400-\u052f",
            "zh": r"\u3400-\u4dbf\u4e00-\u9fff",
            "ja": r"\u3040-\u30ff",
            "ko": r"\uac00-\ud7af",
            "ar": r"\u0600-\u06ff",
            "th": r"\u0e00-\u0e7f",
            "el": r"\u0370-\u03ff",
            "he": r"\u0590-\u05ff",
            "hi": r"\u0900-\u097f",
        }.items()
    }
)
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэъё]", re.IGNORECASE)
# In a page of another script, commands and names are Latin; a Japanese page has kana between its Han letters.
_LATIN_SHARE, _KANA_SHARE = 0.8, 5
# So many small words settle the language of a page, when so many times more speak for it than for the next one.
_ENOUGH, _CLEARLY = 2.0, 1.3
_LETTERS_OF = MappingProxyType(
    {
        letter: name
        for name, letters in {"de": "äöüß", "es": "ñ", "fr": "œêèù", "pl": "ąęłśżźćń", "pt": "ãõ", "tr": "ğşı"}.items()
        for letter in letters
    }
)
"""Name for letters with marks the language that has them the most often."""
_TELLING, _LETTER_WEIGHT = frozenset(_LETTERS_OF), 0.5
# A small word that is an English word as well says less.
_WEAK = 0.25
# So much do small words have to say where nothing else speaks for a language, and where people here are known to write
# it. The first has to be by so much more than what speaks for English: a slip of the keys makes foreign words too.
_ALONE, _EXPECTED, _MORE = 1.5, 0.5, 1.0
_MOSTLY = 0.5

IsEnglish = Callable[[str], bool]
"""Return whether a word is known to be English, or one of the entries'."""


class Foreign(Enum):
    """Whether a text is in another language than English."""

    NO = auto()
    UNSURE = auto()
    YES = auto()


def is_readable(text: str) -> bool:
    """Return whether at least half of the letters of a text are of scripts that the multilingual encoder reads."""
    return is_latin(text) or 2 * len(_OTHER_SCRIPTS.findall(text)) >= len(_LETTER.findall(text))


def foreign(
    text: str,
    words: Sequence[str],
    is_english: IsEnglish,
    expected: Collection[str] = (),
    *,
    author: str | None = None,
) -> Foreign:
    """Return whether a question is in another language; `expected` are languages that people here write.

    Of a text with few small words, or with none, half of which is unknown, nobody can tell by its words: they may be
    typing errors. That its `author` has another language settles it; that others here have one does not.
    """
    if not is_latin(text):
        return Foreign.YES if is_readable(text) else Foreign.NO
    if not words:
        return Foreign.NO
    expected = {*expected, author} if author is not None else expected
    english, name, most = _spoken(words, is_english, expected)
    unknown = sum(not is_english(word) for word in words) / len(words)
    most += sum(not (word.isascii() or is_english(word)) for word in words)  # English has no letters with marks
    if (most >= _ALONE and most >= english + _MORE) or (name in expected and most >= _EXPECTED and most > english):
        return Foreign.YES
    if english > most or unknown < _MOSTLY:
        return Foreign.NO
    return Foreign.UNSURE if author in {None, ENGLISH} else Foreign.YES


def language(text: str, words: Sequence[str], is_english: IsEnglish) -> str | None:
    """Return which language what an entry says is in, None where it is English or too short to tell.

    What is in another script counts as one language.
    """
    if not is_latin(text):
        return "other"
    english, name, most = _spoken(words, is_english)
    return name if most >= _ALONE and most >= english + _MORE else None


def asked_in(text: str, words: Sequence[str], is_english: IsEnglish, *, locale: str | None) -> str | None:
    """Return the language of a question, as far as its script and its small words tell; else that of the `locale`."""
    expected = None if locale is None else language_of(locale)
    if not is_latin(text):
        scripts = next((languages for script, languages in _OF_SCRIPT.items() if script.search(text)), ())
        return expected if expected in scripts else next(iter(scripts), expected)
    english, name, most = _spoken(words, is_english)
    if most >= _ALONE and most >= english + _MORE:
        return name
    return ENGLISH if english > most else expected


def language_of_page(text: str) -> str | None:
    """Return the language that a whole page is in, None where its script and its small words do not settle it."""
    script = _by_script(text)
    if script is not None:
        return script
    said: defaultdict[str, float] = defaultdict(float)
    for word in _WORD.findall(text.casefold().replace("'", "").replace("\u2019", "")):
        names = _LANGUAGES_OF.get(word, ())
        for name in names:
            said[name] += 1 / len(names)
        for letter in _TELLING & set(word):
            said[_LETTERS_OF[letter]] += _LETTER_WEIGHT
    ranked = sorted(said.items(), key=lambda one: (-one[1], one[0]))
    (name, most), (_, second) = (*ranked, ("", 0.0), ("", 0.0))[:2]
    return name if most >= _ENOUGH and most >= _CLEARLY * second else None


def _by_script(text: str) -> str | None:
    """Return the language that a script other than Latin stands for, None where most letters are Latin."""
    counts = {name: len(letters.findall(text)) for name, letters in _SCRIPTS.items()}
    if 2 * sum(counts.values()) < len(_LATIN.findall(text)) * _LATIN_SHARE or not any(counts.values()):
        return None
    if counts["zh"] and counts["ja"] * _KANA_SHARE > counts["zh"]:
        return "ja"
    name = max(counts, key=lambda name: counts[name])
    return "uk" if name == "ru" and _UKRAINIAN.search(text) and not _RUSSIAN.search(text) else name


def _spoken(words: Sequence[str], is_english: IsEnglish, expected: Collection[str] = ()) -> tuple[float, str, float]:
    """Return how much small words speak for English, and for which other language the most, expected ones first."""
    said = _small_words(words, is_english)
    english = said.pop(ENGLISH, 0.0)
    likeliest = max(said.items(), key=lambda one: (one[0] in expected and one[1] > english, one[1]), default=("", 0.0))
    return english, *likeliest


def _small_words(words: Sequence[str], is_english: IsEnglish) -> dict[str, float]:
    """Return how much the small words of a text speak for each language; what English has too speaks for none."""
    said: defaultdict[str, float] = defaultdict(float)
    for word in words:
        names = _LANGUAGES_OF.get(word, ())
        if names == (ENGLISH,):
            said[ENGLISH] += 1
        elif ENGLISH not in names:
            for name in names:
                said[name] += _WEAK if is_english(word) else 1
    return said
