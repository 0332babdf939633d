# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
# No threat, no score, no blame: tests/flows/test_missed.py holds the words that may not stand here.
missed-today =
    Sot na munguat. 🙂
    S'ka problem. Çfarë dëshironi?
missed-on =
    Na munguat: { WEEKDAY($at) }. 🙂
    S'ka problem. Çfarë dëshironi?
missed-before =
    Na munguat. 🙂
    S'ka problem. Çfarë dëshironi?
missed-again = Takim i ri
missed-time = Ora nuk ishte e mirë
missed-contact = Dua të flas me dikë
missed-needless = Nuk më duhet më
missed-needless-done = Në rregull. Mund të na shkruani kur të doni.
missed-hard =
    Na munguat. 🙂
    Çfarë jua bën të vështirë të vini? Nuk keni nevojë ta thoni.
missed-hard-children = Fëmijët
missed-hard-money = Autobusi ose paratë
missed-hard-work = Puna
missed-hard-health = Shëndeti
missed-hard-unclear = Nuk ishte e qartë
missed-hard-none = Nuk dua ta them
missed-noted = Faleminderit. Ndoshta bashkë mund ta bëjmë më të lehtë.
missed-noted-time = Faleminderit. Mund të gjejmë një orë që ju përshtatet.
missed-noted-none = Në rregull. Gëzohemi kur vini te ne.
