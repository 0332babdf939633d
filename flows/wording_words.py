"""Words that may not stand in a text, by stems in small letters: reviewed with the texts, and added to with every language."""

from __future__ import annotations

from flows.scripts import cyrillic

FORBIDDEN = {
    "sl": ("ne razumem", "nisem razumel", "nismo razumeli"),
    "sq": ("nuk kuptova", "nuk ju kuptova", "s'kuptova", "nuk e kuptova"),
    "en": ("did not understand", "didn't understand", "don't understand", "do not understand"),
    "bs": ("ne razumijem", "nisam razum", "nismo razum"),
    "hr": ("ne razumijem", "nisam razum", "nismo razum"),
    "sr": ("ne razumem", "nisam razum", "nismo razum"),
    "sr-Cyrl": ("не разумем", "нисам разум", "нисмо разум"),
    "ar": ("لم أفهم", "لا أفهم", "لم نفهم", "لا نفهم", "لم افهم", "لا افهم"),
}
"""No text says that it did not understand."""
SAYS_TOO_MUCH = (
    "point", "točka", "pika", "socio", "termin", "takim", "appointment", "svetov", "këshill", "counsel",
    "savjet", "savet", "термин", "савет", "موعد", "استشار",
)  # fmt: skip
"""No first line of what comes unasked says who writes and what about, in any language."""
_SLAVIC = (
    "morate doći", "morali", "trebali", "upozor", "opomen", "zadnja šansa", "posljednja", "poslednja", "posljedic", "posledic",
    "sankcij", "kazn", "izgubi", "gubit", "oduz", "ukin", "izbris", "briš", "zabran", "prijav", "izvještaj", "izveštaj",
    "evidenc", "bodov", "ocjen", "ocen", "drugi put", "treći put", "kriv", "neoprav", "oprav", "izostan", "kasn", "zašto",
    "objasn", "dužn", "obavez", "socijalna pomoć", "centar za socijalni", "zavod",
)  # fmt: skip
THREATS = {
    "en": (
        "must", "have to come", "should have", "warn", "last chance", "consequence", "sanction", "penalt", "fine of",
        "lose", "loss", "cancel your", "remove", "block", "ban", "report", "record", "score", "point", "again and again",
        "times in a row", "second time", "third", "fault", "blame", "fail", "excuse", "unexcused", "no-show", "late",
        "why did", "explain", "duty", "obliged", "benefit", "social assistance", "employment service", "csd", "ess",
    ),
    "sl": (
        "morate", "morali", "opozor", "zadnja priložnost", "posledic", "sankcij", "kazen", "kazni", "izgubi", "izguba",
        "odvze", "črta", "izbris", "prepove", "prijav", "poroča", "evidenc", "točk", "ocen", "drugič", "tretjič",
        "krivd", "kriv", "neopravič", "opravič", "izostan", "zamud", "zakaj", "pojasni", "dolžn", "obvez", "denarna pomoč",
        "csd", "zavod",
    ),
    "sq": (
        "duhet të", "detyr", "paralajm", "mundësia e fundit", "pasoj", "sanksion", "dënim", "gjob", "humb", "hiqeni",
        "fshi", "ndal", "bllok", "raport", "regjistr", "pikë", "herën e dytë", "herën e tretë", "faj", "arsyetim",
        "pse ", "shpjego", "vones", "ndihma sociale", "qendra për punë sociale",
    ),
    **dict.fromkeys(("bs", "hr", "sr"), _SLAVIC),
    "sr-Cyrl": tuple(map(cyrillic, _SLAVIC)),
    "ar": (
        "يجب علي", "عليكم أن", "تحذير", "نحذر", "آخر فرصة", "الفرصة الأخيرة", "عواقب", "عقوب", "غرام", "تخسر", "خسار",
        "تفقدون", "نحذف", "نلغي", "منع", "حظر", "إبلاغ", "تقرير", "سجل", "نقاط", "تقييم", "مرة ثانية", "مرة ثالثة", "ذنب",
        "خطأكم", "عذر", "تأخر", "لماذا", "اشرحوا", "ملزم", "إعانة", "مركز العمل الاجتماعي",
    ),
}  # fmt: skip
"""What punishes, counts, blames, warns or names a consequence: not after a missed appointment."""
