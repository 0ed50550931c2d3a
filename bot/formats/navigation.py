# words of other languages
"""Name what stands around an article that is copied from a help centre, in the usual languages."""

import re

_NAVIGATION = re.compile(
    r"""(?:
    skip\s+to\s+(?:main\s+)?content | (?:go\s+to\s+)?home(?:page)? | (?:go\s+)?back\s+to\s.{1,40} | menu
    | search(?:\s.{0,30})?
    | (?:sign|log)[\s-]?(?:in|up|out)
    | submit\s+a\s+(?:request|ticket) | contact(?:\s+(?:us|support))? | community | status | toggle\s.* | close
    | open\s+menu | welcome | solution\s+home | home\s+solutions | log\s?in\s+sign\s?up | enter\s+your\s+search\s.{0,20}
    | new\s+support\s+ticket.{0,30} | copy\s+page | english(?:\s.*)?
    | all\s+(?:collections|categories|articles) | help\s?(?:cent(?:er|re)|desk)?
    | .{1,30}\s(?:help\s?cent(?:er|re)|support|knowledge\s+base)
    | support | knowledge\s+base | docs | documentation | articles? | follow(?:ing)?
    | solutions? | forums? | tickets? | my\s+tickets | check\s+ticket\s+status | solution\s+home\b.{0,60}
    | how\s+can\s+(?:we|i)\s+help(?:\s+you)?(?:\s+today)?\?? | pages | spaces
    | not\s+yet\s+followed\s+by\s+anyone | print | share | subscribe
    | hilfe(?:center|bereich|seite)? | startseite | suche | anmelden | zum\s+(?:haupt)?inhalt\s+springen
    | anfrage\s+einreichen | (?:beitrag\s+)?folgen
    | (?:s.abonner|suivre|seguir|segui|volgen|obserwuj|подписаться|takip\s+et)
    | noch\s+niemand\s+folgt.* | zurück\s+zu\s.{1,40} | retour\s+(?:à|aux?)\s.{1,40} | volver\s+a\s.{1,40}
    | accueil | rechercher | se\s+connecter | centre\s+d.aide | inicio | buscar | iniciar\s+sesión
    | centro\s+de\s+ayuda | ir\s+al\s+contenido.{0,12} | aller\s+au\s+contenu.{0,12} | aide
    | ayuda | vai\s+al\s+contenuto.{0,12} | centro\s+(?:di\s+)?assistenza | cerca | accedi | home\s+page
    | (?:ir|pular|saltar)\s+para\s+o\s+conteúdo.{0,12} | central\s+de\s+ajuda | ajuda | pesquisar | entrar | início
    | перейти\s+к\s+.{0,12}\s?содержимому | главная(?:\s+страница)? | поиск | войти | справка | помощь | поддержка
    | (?:справочный\s+центр|центр\s+(?:поддержки|помощи)) | отправить\s+запрос
    | 帮助中心 | 首页 | 主页 | 搜索 | 登录 | 注册 | 提交请求 | 跳到主要内容 | 幫助中心 | ヘルプ(?:センター)?
    | ホーム | 検索 | ログイン
    | サインイン | フォロー(?:する)? | リクエストを送信 | メインコンテンツへスキップ
    | 고객센터 | 도움말(?:\s?센터)? | 홈 | 검색 | 로그인
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BYLINE = re.compile(
    r"""(?:
    (?:written|posted|published|created|edited|reviewed|article)\s+by\b.*
    | by\s+(?-i:[A-ZÀ-Ž]\S*(?:\s+[A-ZÀ-Ž]\S*){0,3})
    | .{0,60}\b(?:minutes?|hours?|days?|weeks?|months?|years?)\s+ago\b.{0,40}
    | (?:last\s+)?(?:updated|modified|edited|published|created)\b.{0,60}
    | \d+\s+(?:min(?:ute)?s?)\s+(?:read|to\s+read) | (?:reading|read)\s+time\b.*
    | [\d,.]+\s+(?:views|comments?|followers?)
    | .{0,30}\b(?:updated|modified|published)\b.{0,12}\d.{0,30}
    | (?:zuletzt\s+)?(?:aktualisiert|geändert|veröffentlicht)\b.* | (?:verfasst|geschrieben)\s+von\b.*
    | vor\s+\d+\s+\w+.{0,20}
    | (?:mis\s+à\s+jour|modifié|publié|rédigé|écrit)\b.* | il\s+y\s+a\s+\d+\s+\w+.{0,20}
    | (?:обновлено|изменено|опубликовано|создано)\b.{0,60} | .{0,40}\b\d+\s+\w+\s+назад.{0,20} | автор\s*:.{0,60}
    | (?:aggiornato|modificato|scritto|atualizado|escrito\s+por)\b.{0,60}
    | (?:更新|发布|修改|最后更新|上次更新|作成|公開|最終更新|更新日)[于日時时间:\uff1a\s].{0,40}
    | .{0,30}前(?:に)?(?:更新|发布|修改|公開).{0,6}
    | (?:actualizado|escrito|publicado)\b.* | hace\s+\d+\s+\w+.{0,20}
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def is_navigation(line: str) -> bool:
    """Return whether a line leads elsewhere, or is a button of the page."""
    return _NAVIGATION.fullmatch(line) is not None


def is_byline(line: str) -> bool:
    """Return whether a line says who wrote an article, when, or how long it is."""
    return _BYLINE.fullmatch(line) is not None
