# ruff: noqa: RUF001  # words of other languages
"""Name what stands around questions in pages, in the usual languages."""

import re

_LINE = re.compile(
    r"""(?:
    (?:↑|⬆️?|▲|\^)?\s*(?:go\s+|jump\s+)?(?:back\s+)?to\s+(?:the\s+)?(?:top|contents?|toc|table\s+of\s+contents|index)
    | (?:↑|⬆️?|▲|\^)\s*top | top\s*(?:↑|⬆️?|▲|\^) | return\s+to\s+(?:the\s+)?top | scroll\s+to\s+top | ↑ | ⬆️? | ▲
    | (?:zurück\s+)?nach\s+oben | zum\s+(?:seiten)?anfang | (?:retour\s+)?(?:en\s+)?haut(?:\s+de\s+(?:la\s+)?page)?
    | volver\s+(?:arriba|al\s+inicio) | torna\s+su | voltar\s+ao\s+topo | наверх | (?:вернуться\s+)?к\s+началу
    | (?:last\s+)?(?:updated|modified|edited|reviewed)
      (?:\s+(?:on|at|by)\b|\s*:|\s+over\b|\s+(?:a|an|\d+)\s|\s+(?:this|last|yesterday|today)\b).*
    | (?:zuletzt\s+)?(?:aktualisiert|geändert)(?:\s+am\b|\s*:).* | stand\s*: .*
    | (?:dernière\s+)?(?:mise\s+à\s+jour|modification)\b.*
    | última\s+actualización.* | (?:have\s+)?more\s+questions\?.* | (?:still\s+)?(?:need|want)\s+(?:more\s+)?help\?.*
    | still\s+have\s+questions?\?.* | edit\s+this\s+page.* | share\s+this(?:\s+\w+)?:? | print(?:\s+this\s+page)?
    | haben\s+sie\s+(?:noch\s+|weitere\s+)*fragen\?.{0,30} | (?:vous\s+avez\s+)?d.autres\s+questions\s?\?.{0,40}
    | ¿?tienes?\s+más\s+preguntas\?.{0,40} | (?:hai|avete)?\s?altre\s+domande\?.{0,40}
    | (?:tem\s+)?mais\s+(?:perguntas|dúvidas)\?.{0,40} | (?:остались|ещ[её]\s+есть|есть\s+ещ[её])\s+вопросы\?.{0,40}
    | (?:последнее\s+обновление|обновлено)\s*:?\s+\d.{0,30}
    | end\s+of\s+(?:the\s+)?(?:file|document|faq|page|text|list) | eof | ende\s+(?:der\s+datei|des\s+dokuments)
    | like | no\s+labels | write\s+a\s+comment.{0,3} | powered\s+by\s+\S.{0,50} | document\s+generated\s+by\s.*
    | ©.* | \(?c\)\s+\d{4}.* | copyright\s.* | all\s+rights\s+reserved.*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_FEEDBACK = re.compile(
    r"""(?:
    (?:was|is|did|does)\s+(?:this|that)\s+(?:\w+\s+)?(?:\w+\s+)?(?:helpful|useful|help|answer|solve|clear)\b.*
    | did\s+you\s+find\s+(?:it|that|the\s+\w+)\b.{0,20}\b(?:helpful|useful).*
    | how\s+helpful\s+was\s+.* | (?:rate|did\s+you\s+find)\s+this\b.*
    | did\s+we\s+answer\b.* | be\s+the\s+first\s+to\s+like\s+this
    | \d+\s+(?:out\s+)?of\s+\d+\s+(?:people\s+)?found\s+this.* | \d+\s+(?:people|users)\s+found\s+this.*
    | war\s+(?:das|dieser?s?)\b.{0,30}\b(?:hilfreich|nützlich).* | hat\s+(?:ihnen|dir)\s+.*geholfen.*
    | \d+\s+von\s+\d+\s+fanden.*
    | (?:cet\s+article|cette\s+page|cette\s+réponse)\b.*\butile.* | \d+\s+.*\bsur\s+\d+\s+.*utile.*
    | ¿?(?:le|te|fue|ha\s+sido|es|este)\b.{0,40}\bútil.* | questo\s+articolo\b.*utile.* | este\s+artigo\b.*útil.*
    | (?:usuarios|utilisateurs|utenti|usuários|utilizadores|пользователи)\b.{3,50}\b(?:útil|utile|полезн\w+)\b.*
    | \d+\s+(?:de|su|из)\s+\d+\b.{0,40}(?:útil|utile|полезн).* | (?:questa\s+pagina|l'articolo)\b.*utile.*
    | (?:esta|esse)\s+(?:página|artigo)\b.*(?:útil|ajudou).* | бы(?:ла?|ло)\s+ли\s+эт.*полез.* | полезна\s+ли\b.*
    | (?:was|vond\s+u)\s+dit\s+artikel\b.*nuttig.* | czy\s+ten\s+artykuł\b.*pomocny.*
    | была\s+ли\b.*полезн.* | помогла?\s+ли\b.* | bu\s+makale\b.*
    | (?:这|此|本|這)[篇个]?(?:文章|页面|頁面|内容|回答).{0,8}(?:帮助|幫助|有用|解决).{0,8}
    | 是否(?:对您)?有(?:所)?(?:帮助|用).{0,4}
    | (?:この|こちらの)(?:記事|ページ|回答|情報).{0,8}(?:役に立|参考にな|解決).{0,12} | (?:お)?役に立ちましたか.{0,4}
    | (?:이\s?)(?:문서|글|도움말|페이지).{0,8}도움이\s?되.{0,10}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE = re.compile(
    r"""(?:
    (?:table\s+of\s+)?contents?(?:\s+of\s+this\s+page)? | toc | on\s+this\s+page
    | in\s+this\s+(?:article|page|section) | index | quick\s+links
    | intro(?:duction)? | overview | preface | welcome
    | about(?:\s+(?:this|these|the)\s+(?:page|faq|document|file|questions|list))?
    | before\s+you\s+(?:ask|start|begin) | how\s+to\s+use\s+this\s+(?:page|faq|document|list)
    | see\s+also | further\s+(?:reading|help|information)
    | (?:general|some|final|important|other)\s+(?:notes?|remarks?|information) | links | references | footnotes
    | notes | credits
    | acknowledge?ments | share\s+this(?:\s+\w+)? | leave\s+a\s+(?:reply|comment)
    | licen[cs]e | copyright | change\s?log | contribut(?:e|ing|ors) | disclaimer | legal | imprint
    | (?:contact|reach)(?:\s+(?:us|support|information))? | support | feedback
    | (?:get(?:ting)?|more|further|additional)\s+help | help
    | (?:still|need|more|other|any|have|got|further)\b.{0,30}\b(?:questions?|help)\b.{0,20}
    | ¿?(?:tienes?|tiene\s+usted|aún|todavía)\b.{0,30}\b(?:preguntas|dudas)\b.{0,20}
    | (?:vous\s+avez|avez-vous|une|encore)\b.{0,30}\bquestions?\b.{0,20}
    | (?:haben\s+sie|hast\s+du|habt\s+ihr)\s+(?:noch|weitere)\b.{0,20}\bfragen\b.{0,20}
    | (?:остались|ещ[её]\s+есть|есть\s+ещ[её]|другие|не\s+нашли)\b.{0,20}\b(?:вопрос|ответ).{0,20}
    | (?:avete|hai|altre)\b.{0,20}\bdomande\b.{0,20} | (?:tem|ainda|outras)\b.{0,20}\b(?:perguntas|dúvidas)\b.{0,20}
    | still\s+stuck\b.{0,10}
    | (?:can't|cannot|can’t|couldn't|didn't|did\s+not)\s+find\b.* | not\s+(?:found|what)\b.*
    | inhalt(?:sverzeichnis|sübersicht)? | einleitung | einführung | übersicht | kontakt | impressum | lizenz
    | siehe\s+auch
    | (?:noch|weitere)\s+fragen.{0,20} | hilfe | rechtliches
    | sommaire | table\s+des\s+matières | licence | voir\s+aussi | contactez?(?:-nous)?
    | d'autres\s+questions.{0,20} | aide
    | contenidos? | índice | tabla\s+de\s+contenidos? | introducción | contacto | licencia | véase\s+también
    | ayuda | más\s+preguntas.{0,20}
    | indice | sommario | introduzione | contatti | licenza | vedi\s+anche | índice | introdução | contato
    | licença | veja\s+também
    | содержание | оглавление | введение | контакты | лицензия | см\.\s+также | içindekiler | giriş | iletişim
    | 目录 | 目次 | はじめに | 联系我们
    )\s*[:.!?]*""",
    re.IGNORECASE | re.VERBOSE,
)
_ASIDE = re.compile(
    r"""(?:
    (?:related(?:\s+to\b.*)?|recent(?:ly\s+viewed)?|similar|promoted|featured|suggested|recommended|trending|most\s+read)
      \s*(?:articles?|topics?|questions?|pages?|posts?|content|reading|guides?|searches|resources|links)?
    | (?:popular|top|other|more|further|useful)
      \s+(?:articles?|pages?|posts?|content|reading|guides?|searches|resources|links)
    | (?:articles|people)\s+(?:in\s+this\s+section|also\s+(?:ask|read|viewed)) | read\s+(?:next|more)
    | you\s+(?:may|might)\s+(?:also\s+)?(?:like|find).*
    | keep\s+reading | comments | verwandte\s+(?:artikel|themen|beiträge|fragen)
    | ähnliche\s+(?:artikel|themen|beiträge|fragen) | beliebte\s+artikel
    | articles?\s+(?:connexes|similaires|associés|liés) | artículos\s+relacionados | articoli\s+correlati
    | artigos\s+relacionados
    | (?:beiträge|artikel)\s+in\s+diesem\s+abschnitt | articles\s+dans\s+cette\s+section | verwandte\s+beiträge
    | artículos\s+en\s+esta\s+sección | articoli\s+in\s+questa\s+sezione | artigos\s+nes[st]a\s+seção
    | статьи\s+в\s+этом\s+разделе | artikelen\s+in\s+deze\s+sectie | (?:next|previous)(?:\s+article)?
    | (?:weitere|passende|neueste|zuletzt\s+angesehene)\s+artikel | kommentare
    | das\s+könnte\s+\w+\s+auch\s+interessieren
    | articles?\s+(?:récents?|consultés\s+récemment) | consultés\s+récemment | commentaires | à\s+lire\s+aussi
    | artículos\s+(?:recientes|similares) | comentarios | articoli\s+(?:recenti|simili) | commenti
    | artigos\s+(?:recentes|semelhantes) | comentários | (?:gerelateerde|verwante)\s+artikelen
    | (?:powiązane|podobne)\s+artykuły
    | статьи\s+по\s+теме | (?:другие|недавно\s+просмотренные|популярные)\s+статьи | (?:читайте|смотрите)\s+также
    | комментарии
    | похожие\s+статьи | связанные\s+статьи | 相关文章 | 関連記事 | was\s+this\s+.*helpful.* | did\s+this\s+answer.*
    )\s*[:?]*""",
    re.IGNORECASE | re.VERBOSE,
)
_PART = re.compile(
    r"(?:step|option|method|way|part|phase|example|note|tip|hint|warning|caution|important|remember|attention|update|case"
    r"|if|when|on|in|at|for|from|with|without|using|via|by|to|after|before|then|first|second|third|finally|next|and|or|"
    r"android|ios|iphone|ipad|mac|macos|windows|linux|web|mobile|desktop|browser|pros?|cons"
    r"|schritt|möglichkeit|variante|beispiel|hinweis|tipp|achtung|wichtig|wenn|falls|auf|im|bei|für|mit|ohne|über|nach|vor|zuerst|dann"
    r"|paso|opción|ejemplo|nota|consejo|atención|importante|si|cuando|en|para|con|sin|por|desde"
    r"|étape|exemple|remarque|astuce|attention|quand|sur|dans|pour|avec|sans|depuis"
    r"|passo|fase|opzione|esempio|suggerimento|attenzione|se|quando|su|per|da|шаг|вариант|пример|важно|внимание|если|на|для|при|в)\b",
    re.IGNORECASE,
)
_FAQ = re.compile(
    r"faqs?\b|f\.a\.q|frequently\s+asked|questions?\b|q\s?(?:&|and|\+)\s?a\b|häufig|fragen\b|foire\s+aux|preguntas|"
    r"domande|perguntas|вопрос|sss\b|sıkça\s+sorulan|常见问题|常見問題|よくある|help\s*(?:cent(?:er|re)|desk)?$",
    re.IGNORECASE,
)
_BARE_FAQ = re.compile(
    r"(?:faqs?|f\.a\.q\.?|frequently|asked|questions?|answers?|q\s?&\s?a|and|the|our|häufig\w*|gestellte|fragen|und|antworten|"
    r"foire|aux|réponses|et|preguntas|frecuentes|respuestas|domande|frequenti|risposte|perguntas|frequentes|respostas|y|e|"
    r"часто|задаваемые|вопросы|ответы|и|[\W_])+",
    re.IGNORECASE,
)
_WELCOME = re.compile(
    r"(?:can|may|could)\s+(?:we|i)\s+help|(?:need|want)\b.{0,10}\bhelp|looking\s+for|(?:like|want)\s+to\s+know|"
    r"(?:können|dürfen)\s+wir\b.{0,20}\bhelfen|brauch\w+\b.{0,20}\bhilfe|besoin\s+d.aide|"
    r"(?:pouvons|puis)-\w+\b.{0,10}\baider|(?:podemos|puedo)\s+ayudar|(?:necesitas?|precisa\s+de)\s+(?:ayuda|ajuda)|"
    r"(?:possiamo|posso)\s+aiutar|(?:podemos|posso)\s+ajudar|serve\s+aiuto|чем\b.{0,20}\bпомочь|нужна\s+помощь",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\]\([^)]*\)|[\[\]*_`()<>]|</?\w[^>]*>")
_BADGES = re.compile(r"(?:\s*\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?)+\s*$")


def is_furniture(line: str) -> bool:
    """Return whether a line belongs to the page and not to an answer."""
    words = " ".join(_MARKUP.sub(" ", line).split()).strip(" .·|-–—")
    return bool(words) and _LINE.fullmatch(words) is not None


def is_feedback(line: str) -> bool:
    """Return whether a line asks readers whether a page was of use; what follows it is no answer."""
    return _FEEDBACK.fullmatch(" ".join(_MARKUP.sub(" ", line).split()).strip(" .·|-–—")) is not None


def is_badge(line: str) -> bool:
    """Return whether there is nothing but linked images on a line."""
    return _BADGES.match(line) is not None


def is_furniture_title(title: str) -> bool:
    """Return whether a heading is one of contents, introductions, contacts and the like."""
    return _TITLE.fullmatch(title.strip()) is not None


def is_part_title(title: str) -> bool:
    """Return whether a line in bold heads a part of an answer, or stresses a sentence of it."""
    return " " not in title.strip() or title.endswith((":", ".", "!", ",")) or _PART.match(title) is not None


def is_bare_faq_title(title: str) -> bool:
    """Return whether a title says that questions follow, and nothing about what."""
    return _BARE_FAQ.fullmatch(title) is not None


def is_welcome(title: str) -> bool:
    """Return whether a title asks readers what they look for."""
    return is_faq_title(title) or _WELCOME.search(title) is not None


def is_aside(title: str) -> bool:
    """Return whether what stands below a heading is about other pages."""
    return _ASIDE.fullmatch(title.strip()) is not None


def is_faq_title(title: str) -> bool:
    """Return whether a title is that of a whole FAQ."""
    return _FAQ.search(title.strip()) is not None
