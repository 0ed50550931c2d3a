"""Find which field a column or a key is for, by its name in the usual languages.

Names are compared without case, accents, punctuation and numbers at the end: `Frage 2`, `questionText` and
`QUESTION_TEXT` are known by their words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from bot.core.searching.text import word_set
from bot.formats.tables.other_names import NAMED_IN, OTHERS
from bot.formats.tables.sentences import field_of_sentence

_STRONG: Mapping[str, str] = MappingProxyType({
    "id": (
        "id|qid|faq id|faqid|entry id|identifier|kennung|identifiant|identificador|identificativo"
        "|идентификатор|identyfikator|kimlik|编号|識別子|key|slug|schlüssel|clé|clave|chiave|chave|sleutel|ключ"
        "|klucz|anahtar"
    ),
    "question": (
        "question|questions|q|frage|fragen|kundenfrage|question text|main question|primary question"
        "|customer question|user question|question title|faq question|intitulé de la question|pregunta"
        "|preguntas|domanda|domande|pergunta|perguntas|vraag|vragen|вопрос|вопросы|pytanie|pytania|soru"
        "|sorular|问题|問題|提问|質問|问|question client|hauptfrage|testo della domanda|texto da pergunta|ask"
    ),
    "answer": (
        "answer|answers|a|antwort|antworten|reply|official answer|public answer|answer text|faq answer"
        "|réponse|réponses|respuesta|respuestas|risposta|risposte|resposta|respostas|antwoord|antwoorden"
        "|ответ|ответы|odpowiedź|odpowiedzi|cevap|cevaplar|yanıt|yanıtlar|答案|回答|答え|答|answer markdown"
        "|markdown answer|customer answer|öffentliche antwort|réponse publique|antwort kunde"
        "|antwort an kunden|approved answer|final answer"
    ),
    "aliases": (
        "aliases|alias|alternative questions|alternative question|alternate questions|alternate question"
        "|other phrasings|phrasings|phrasing|variants|variant|synonyms|synonym|also asked as"
        "|similar questions|variations|variation|other questions|paraphrases|paraphrase|utterances"
        "|utterance|rephrasings|other wordings|wordings|alt|alt questions|alt question|question variants"
        "|question variations|question aliases|training phrases|synonyme|alternative fragen"
        "|alternative frage|weitere fragen|varianten|variante|formulierungen|andere formulierungen"
        "|ähnliche fragen|fragevarianten|questions alternatives|question alternative|variantes|synonymes"
        "|reformulations|autres formulations|preguntas alternativas|pregunta alternativa|sinónimos"
        "|otras formulaciones|varianti|sinonimi|domande alternative|domanda alternativa"
        "|perguntas alternativas|pergunta alternativa|sinônimos|variações|alternatieve vragen"
        "|alternatieve vraag|synoniemen|синонимы|варианты|варианты вопроса|альтернативные вопросы"
        "|похожие вопросы|synonimy|warianty|alternatywne pytania|eş anlamlılar|alternatif sorular"
        "|benzer sorular|同义词|别名|相似问题|相似问|同義語|別名|類似質問|言い換え|autres questions"
        "|otras preguntas|altre domande|suchbegriffe|suchwörter|suchbegriff|search terms|search phrases"
        "|termes de recherche|términos de búsqueda|termini di ricerca|termos de pesquisa|zoektermen"
        "|поисковые запросы|arama terimleri|検索語|搜索词"
        "|outras perguntas|andere vragen|другие вопросы|inne pytania|diğer sorular|trigger phrases|examples"
        "|example questions|patterns|also|also asked|ways to ask|other ways to ask|alternatives|auch|aussi"
        "|también|anche|também|ook"
    ),
    "staff_note": (
        "staff note|staff notes|internal note|internal notes|internal comment|internal comments|agent note"
        "|agent notes|note for staff|notes for staff|support note|support notes|private note|private notes"
        "|team note|interne notiz|interne notizen|interner hinweis|interne hinweise|interner kommentar"
        "|notiz intern|hinweis intern|hinweis für mitarbeiter|note interne|notes internes"
        "|commentaire interne|nota interna|notas internas|interne notitie|interne opmerking"
        "|внутренняя заметка|внутренний комментарий|заметка для сотрудников|notatka wewnętrzna"
        "|uwagi wewnętrzne|dahili not|iç not|内部备注|内部注释|社内メモ|内部メモ|agent instructions"
        "|staff instructions"
        "|staff only note|staff comment|backstage note|moderator note|moderator notes"
    ),
    "audience": (
        "audience|visibility|access|visible to|visible for|zielgruppe|sichtbarkeit|sichtbar für"
        "|public cible|visibilité|audiencia|visibilidad|destinatari|visibilità|público|visibilidade"
        "|doelgroep|zichtbaarheid|аудитория|видимость|доступ|odbiorcy|widoczność|hedef kitle|görünürlük|受众"
        "|可见性|対象|公開範囲|zugriff|accès|acceso|who can see"
    ),
    "internal": (
        "internal|internal only|staff only|is internal|intern|nur intern|interne|interno|внутренний"
        "|wewnętrzne|dahili|内部|社内|private|confidential|team only|agents only|nur für mitarbeiter"
        "|solo interno|uso interno|vertraulich"
    ),
    "public": "public|is public|öffentlich|publico|pubblico|openbaar|публичный|publiczny|herkese açık|公开|公開",
    "category": (
        "category|categories|topic|topics|section|theme|subject area|area|department|group|kategorie"
        "|kategorien|thema|bereich|rubrik|themengebiet|catégorie|catégories|rubrique|thème|categoría"
        "|categorías|tema|sección|categoria|categorie|argomento|sezione|assunto|seção|onderwerp|rubriek"
        "|категория|раздел|тема|kategoria|temat|dział|kategori|konu|bölüm|分类|类别|カテゴリ"
        "|カテゴリー|分類|section name|faq category"
        "|category name|collection|folder|main category"
    ),
    "region": (
        "region|regions|country|countries|market|land|länder|markt|gebiet|pays|région|país|región|paese"
        "|regione|mercato|região|regio|страна|регион|kraj|ülke|bölge|地区|国家|地域|国|jurisdiction|location"
        "|market region"
    ),
    "locale": (
        "locale|language|lang|sprache|langue|idioma|lingua|taal|язык|język|dil|语言|言語|language code"
        "|sprachcode"
    ),
    "status": (
        "status|state|zustand|statut|état|estado|stato|статус|stan|durum|状态|状態|ステータス|publication status"
        "|post status|workflow"
        "|publish status|workflow status|workflow state|publication state|veröffentlichungsstatus|stav"
    ),
    "active": (
        "active|is active|enabled|is enabled|live|published|is published|aktiv|aktiviert|freigegeben"
        "|freigabe|veröffentlicht|actif|publié|activo|activa|publicado|attivo|pubblicato|ativo|actief"
        "|gepubliceerd|активен|активный|опубликовано|aktywny|aktywne|opublikowane|etkin|aktif|yayında|启用"
        "|已发布|有効|公開済み|approved|in use|visible|validé|validée"
        "|validated|approuvé|genehmigt|aprobado|approvato|aprovado|goedgekeurd|zatwierdzone|утверждено|onaylandı"
    ),
    "inactive": (
        "inactive|is inactive|disabled|archived|is archived|deleted|is deleted|hidden|retired|obsolete"
        "|deprecated|deaktiviert|inaktiv|archiviert|gelöscht|veraltet|ausgeblendet|archivé|archivado"
        "|archiviato|arquivado"
    ),
    "draft": "draft|is draft|entwurf|brouillon|borrador|bozza|rascunho|concept|черновик|szkic|taslak|草稿|下書き",
    "owner": (
        "owner|responsible|maintainer|contact|author|verantwortlich|verantwortlicher|zuständig|besitzer"
        "|autor|ansprechpartner|responsable|propriétaire|auteur|propietario|proprietario|responsabile"
        "|autore|responsável|eigenaar|verantwoordelijke|владелец|ответственный|автор|właściciel"
        "|odpowiedzialny|sahibi|sorumlu|负责人|所有者|担当|担当者|content owner|article owner"
    ),
    "review_by": (
        "review by|review date|next review|review on|review due|next review date|review at|prüfen bis"
        "|prüfdatum|nächste prüfung|überprüfung|wiedervorlage|à revoir|date de révision|prochaine révision"
        "|revisar antes de|fecha de revisión|próxima revisión|data di revisione|prossima revisione"
        "|data de revisão|próxima revisão|herzien voor|herzieningsdatum|проверить до|дата проверки"
        "|data przeglądu|następny przegląd|gözden geçirme tarihi|审核日期|下次审核|見直し日|次回確認日|recheck by"
        "|check again"
    ),
    "valid_until": (
        "valid until|valid to|valid through|expires|expires on|expiry|expiry date|expiration date"
        "|expiration|expires at|end date|until|gültig bis|ablaufdatum|läuft ab|ablauf|valable jusqu au"
        "|expire le|date d expiration|date de fin|fin de validité|válido hasta|fecha de caducidad|vence"
        "|caduca|valido fino al|scadenza|data di scadenza|válido até|data de validade|validade|geldig tot"
        "|vervaldatum|verloopt|действует до|срок действия|истекает|ważne do|data ważności|wygasa"
        "|geçerlilik tarihi|son geçerlilik|bitiş tarihi|有效期至|到期日|有効期限|期限"
    ),
    "source.title": "source title|article title|article|artikel|titre de l article|título del artículo|source name",
    "source.url": (
        "url|link|source url|article url|page url|html url|web address|source link|article link|quelle url"
        "|weblink|lien|adresse web|enlace|collegamento|ligação|ссылка|bağlantı|链接|网址|リンク|permalink"
        "|public url|href"
    ),
    "source.published": (
        "published at|published on|publication date|date published|created|created at|created on"
        "|creation date|date created|veröffentlicht am|erstellt am|erstellt|angelegt am|publié le|créé le"
        "|date de création|fecha de publicación|creado|fecha de creación|data di creazione|creato il"
        "|criado em|data de criação|aangemaakt op|aangemaakt|создано|дата создания|utworzono"
        "|data utworzenia|oluşturulma tarihi|创建时间|创建日期|作成日|published date"
    ),
    "source.updated": (
        "updated|updated at|updated on|last updated|last update|last modified|modified|modified at"
        "|modified on|edited at|last edited|date modified|date updated|last change|last changed|changed"
        "|stand|aktualisiert|aktualisiert am|zuletzt aktualisiert|letzte änderung|geändert|geändert am"
        "|zuletzt geändert|mis à jour|mise à jour|mis à jour le|dernière mise à jour|modifié le"
        "|date de modification|date de mise à jour|actualizado|última actualización|fecha de actualización"
        "|aggiornato|aggiornato il|ultimo aggiornamento|ultima modifica|atualizado em|atualizado"
        "|última atualização|bijgewerkt|bijgewerkt op|laatst bijgewerkt|laatst gewijzigd|gewijzigd"
        "|обновлено|дата обновления|изменено|последнее обновление|zaktualizowano|data aktualizacji"
        "|ostatnia aktualizacja|güncellendi|güncelleme tarihi"
        "|son güncelleme|更新时间|更新日期|最后更新|更新日|最終更新日|更新日時"
    ),
    "source.views": (
        "views|view count|page views|pageviews|hits|aufrufe|seitenaufrufe|zugriffe|ansichten|vues|visitas"
        "|visualizaciones|visualizzazioni|visualizações|weergaven|просмотры|wyświetlenia|odsłony"
        "|görüntülenme|浏览量|閲覧数|uses|usage count|use count|times used"
    ),
})  # fmt: skip
_WEAK: Mapping[str, str] = MappingProxyType({
    "question": (
        "title|titel|titre|título|titolo|заголовок|tytuł|başlık|标题|タイトル|subject|betreff|sujet|objet|asunto"
        "|oggetto|headline|heading|name|prompt|query|issue|problem|anfrage|demande|überschrift|nome|nombre"
        "|nom|naam|название|nazwa|ad|faq|title text|keyword|command|trigger|request|input|tag|tag name|tagname"
        "|post title|short description|shortcut"
    ),
    "answer": (
        "body|content|text|description|solution|lösung|inhalt|beschreibung|contenu|solución|contenido"
        "|soluzione|contenuto|solução|conteúdo|inhoud|oplossing|beschrijving|решение|содержание|текст"
        "|rozwiązanie|treść|çözüm|içerik|内容|解决方案|説明|解決|details|response|responses|output|completion|message"
        "|body text|markdown|resolution|html|value|explanation|erklärung|auskunft|body markdown|body html"
        "|content markdown|content html|full text|article body|tag content|tag text|tag value"
        "|post content|post body|reply text|response text|bot response|bot reply|bot answer"
    ),
    "source.updated": "date|datum|fecha|data|дата|tarih|日期|日付",
    "source.title": "source|quelle|fuente|fonte|bron|источник|źródło|kaynak|来源|出典",
})  # fmt: skip
# What may well say what is not for everybody: such a column is never passed over without a word.
GUARDED = re.compile(
    r"\b(?:intern\w*|staff|agents?|private?|confidential|vertraulich\w*|mitarbeiter|confidentiel\w*|personal"
    r"|moderators?|backoffice|внутр\w+|wewn\w+|dahili)\b|内部|社内"
)
LOCALES = word_set("""
    en de fr es it pt nl ru pl tr zh ja ko sv da no nb fi cs sk hu ro bg el uk ar he hi id vi th hr sr sl
    et lv lt ca
""")
_LOCALE_END = re.compile(r"(?:[\s_\-/]*[(\[]\s*|[\s_\-./:]+)([a-zA-Z]{2})(?:[-_]([A-Za-z]{2}))?\s*[)\]]?$")
# As programs name keys: `answerDe`, but not `answerId`, `questionNo` and the like.
_CAMEL_END = re.compile(r"(?<=[a-z])(?!Id|No)([A-Z][a-z])()$")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_MOST_WORDS = 6
# A column such as `Answer rating` is about answers, and has none.
_ABOUT = word_set("""
    id type typ rating ratings count number no date datum by length score votes author status format
    source link url views anzahl nummer from von due time answered asked language sprache category
    kategorie title version
""")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")
_NUMBER_END = re.compile(r"(?<=[^\d\s]) *\d{1,3}$")


class ColumnUse(NamedTuple):
    """The field that a name is for; `weak` names, such as `title`, give way to plain ones."""

    field: str
    weak: bool = False
    locale: str | None = None


def fold(name: str) -> str:
    """Return the words of a name as they are compared."""
    words = _BETWEEN.sub(" ", _HUMP.sub(" ", unicodedata.normalize("NFKC", name))).casefold().strip()
    bare = "".join(c for c in unicodedata.normalize("NFD", words) if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", bare)


def _table(names: Mapping[str, str]) -> dict[str, str]:
    return {fold(name): field for field, written in names.items() for name in written.split("|")}


_FIELDS = {**{name: ColumnUse(field, weak=True) for name, field in _table(_WEAK).items()}}
_FIELDS |= {name: ColumnUse(field) for names in (OTHERS, _STRONG) for name, field in _table(names).items()}


@lru_cache(maxsize=1024)  # the objects of a file have the same keys
def meaning(name: str) -> ColumnUse | None:
    """Return what a name means, None when it says nothing that is known."""
    if "#" in name or "№" in name:
        return None  # of a row, as in `Q#`
    folded = fold(name)
    found = _FIELDS.get(folded) or _FIELDS.get(_NUMBER_END.sub("", folded)) or _in_a_language(name)
    return found or _FIELDS.get(fold(_ASIDE.sub("", name))) or _by_words(folded) or _by_sentence(folded)


def _by_words(folded: str) -> ColumnUse | None:
    """Return what the words of a longer name speak of, such as `Variantes de la question`."""
    words = folded.split()
    if not 1 < len(words) <= _MOST_WORDS or GUARDED.search(folded) or _ABOUT & set(words):
        return None
    spoken = {use.field for word in words if (use := _FIELDS.get(word)) and not use.weak}
    found = next((field for field in ("aliases", "question", "answer") if field in spoken), None)
    return found and ColumnUse(found, weak=True)


def _by_sentence(folded: str) -> ColumnUse | None:
    field = None if GUARDED.search(folded) else field_of_sentence(folded)
    return ColumnUse(field, weak=True) if field else None


def _in_a_language(name: str) -> ColumnUse | None:
    """Return the meaning of a name with a language at its end: `answer_de`, `Question (pt-BR)`, `answerDe`."""
    end = _LOCALE_END.search(name.strip()) or _CAMEL_END.search(name.strip())
    if end is None or end[1].lower() not in LOCALES:
        return None
    found = _FIELDS.get(fold(name.strip()[: end.start()]))
    return found and found._replace(locale=end[1].lower() + (f"-{end[2].upper()}" if end[2] else ""))


_NAMED_IN = {
    "en": "question questions answer answers",
    "de": "frage fragen antwort antworten",
    "es": "pregunta preguntas respuesta respuestas",
    "fr": "question questions réponse réponses",
    "it": "domanda domande risposta risposte",
    "nl": "vraag vragen antwoord antwoorden",
    "pl": "pytanie pytania odpowiedź odpowiedzi",
    "pt": "pergunta perguntas resposta respostas",
    "ru": "вопрос вопросы ответ ответы",
    "tr": "soru sorular cevap cevaplar yanıt yanıtlar",
}
_NAMES_IN = {
    language: frozenset(map(fold, words.split())) for language, words in (*_NAMED_IN.items(), *NAMED_IN.items())
}


def language_of_names(names: Iterable[str]) -> str | None:
    """Return the language in which columns are named; None for English, which tables in all languages use."""
    words = {word for name in names for word in fold(name).split()} & frozenset().union(*_NAMES_IN.values())
    found = [language for language, known in _NAMES_IN.items() if words and words <= known]
    return found[0] if len(found) == 1 and found != ["en"] else None


def is_guarded(name: str) -> bool:
    """Return whether a name speaks of something that is not for everybody."""
    return GUARDED.search(fold(name)) is not None
