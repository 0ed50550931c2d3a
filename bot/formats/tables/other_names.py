"""Name columns in further languages: Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Korean and others.

Of these only what every table has: the question, the answer, other phrasings, the category, the language.
"""

from collections.abc import Mapping
from types import MappingProxyType

OTHERS: Mapping[str, str] = MappingProxyType({
    "question": (
        "fråga|frågor|spørgsmål|spørsmål|kysymys|kysymykset|otázka|otázky|kérdés|kérdések|întrebare|întrebări|питання"
        "|запитання|ερώτηση|ερωτήσεις|въпрос|въпроси|pitanje|pitanja|питање|vprašanje|küsimus|klausimas|jautājums"
        "|câu hỏi|pertanyaan|질문|سؤال|السؤال|שאלה|प्रश्न|คำถาม|pregunta frecuente|spurning|galdera"
    ),
    "answer": (
        "svar|vastaus|vastaukset|odpověď|odpovědi|odpoveď|odpovede|válasz|válaszok|răspuns|răspunsuri|відповідь|відповіді"
        "|απάντηση|απαντήσεις|отговор|отговори|odgovor|odgovori|одговор|vastus|atsakymas|atbilde|câu trả lời|trả lời"
        "|jawaban|답변|답|إجابة|الإجابة|جواب|الجواب|תשובה|उत्तर|คำตอบ|erantzuna"
    ),
    "aliases": (
        "andra formuleringar|andre formuleringer|synonymer|synonyymit|synonyma|szinonimák|sinonime|синоніми|συνώνυμα"
        "|синоними|sinonimi|từ đồng nghĩa|sinonim|동의어|유사 질문|مرادفات"
    ),
    "category": (
        "kategoria|ämne|emne|aihe|aihealue|téma|kategória|témakör|categorie|subiect|категорія|розділ|κατηγορία|категория"
        "|kategorija|категорија|teema|danh mục|chủ đề|kategori|분류|카테고리|الفئة|التصنيف|القسم|קטגוריה|श्रेणी|หมวดหมู่"
    ),
    "locale": "språk|sprog|kieli|jazyk|nyelv|limba|мова|γλώσσα|език|jezik|ngôn ngữ|bahasa|언어|اللغة|שפה|भाषा|ภาษา",
    "status": "tila|stav|állapot|stare|κατάσταση|състояние|trạng thái|상태|الحالة",
})  # fmt: skip
NAMED_IN: Mapping[str, str] = MappingProxyType({
    "sv": "fråga frågor svar",
    "da": "spørgsmål svar",
    "no": "spørsmål svar",
    "fi": "kysymys kysymykset vastaus vastaukset",
    "cs": "otázka otázky odpověď odpovědi",
    "sk": "otázka otázky odpoveď odpovede",
    "hu": "kérdés kérdések válasz válaszok",
    "ro": "întrebare întrebări răspuns răspunsuri",
    "uk": "питання запитання відповідь відповіді",
    "el": "ερώτηση ερωτήσεις απάντηση απαντήσεις",
    "bg": "въпрос въпроси отговор отговори",
})  # fmt: skip
"""The words that tell the language of a table which says too little itself."""
