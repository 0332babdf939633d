"""Words that may not stand in a text, by stems in small letters: reviewed with the texts, and added to with every language."""

from __future__ import annotations

FORBIDDEN = {
    "sl": ("ne razumem", "nisem razumel", "nismo razumeli"),
    "sq": ("nuk kuptova", "nuk ju kuptova", "s'kuptova", "nuk e kuptova"),
    "en": ("did not understand", "didn't understand", "don't understand", "do not understand"),
}
"""No text says that it did not understand."""
SAYS_TOO_MUCH = (
    "point", "točka", "pika", "socio", "termin", "takim", "appointment", "svetov", "këshill", "counsel",
)  # fmt: skip
"""No first line of what comes unasked says who writes and what about, in any language."""
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
}  # fmt: skip
"""What punishes, counts, blames, warns or names a consequence: not after a missed appointment."""
