"""Read yes and no, states and readers of an entry, in the words that tables have for them."""

from bot.core.models import Audience, Status
from bot.formats.tables.names import fold

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
        "published|public|live|active|approved|done|final|released|visible|enabled|online|current|ok|ready"
        "|yes|true|1|veröffentlicht|aktiv|freigegeben|live geschaltet|gültig|aktuell|publié|actif|en ligne"
        "|validé|publicado|activo|publicada|activa|vigente|pubblicato|attivo|pubblicata|approvato|ativo"
        "|aprovado|gepubliceerd|actief|опубликовано|опубликован|активен|активно|активный|opublikowane"
        "|opublikowany|aktywne|aktywny|yayında|yayınlandı|aktif|etkin|已发布|启用|有效|公開|公開済み|公開中|有効|on"
    ),
    Status.DRAFT: (
        "draft|drafts|unpublished|pending|in review|review|needs review|to review|wip|work in progress"
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
        "retired|inactive|archived|deprecated|obsolete|outdated|deleted|removed|disabled|hidden|expired|off"
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
