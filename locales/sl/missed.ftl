# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
# No threat, no score, no blame: tests/flows/test_missed.py holds the words that may not stand here.
missed-today =
    Danes smo vas pogrešali. 🙂
    Nič hudega. Kaj želite?
missed-on =
    Pogrešali smo vas. Dan: { WEEKDAY($at) }. 🙂
    Nič hudega. Kaj želite?
missed-before =
    Pogrešali smo vas. 🙂
    Nič hudega. Kaj želite?
missed-again = Nov termin
missed-time = Ura ni ustrezala
missed-contact = Pogovor s človekom
missed-needless = Ne potrebujem več
missed-needless-done = V redu. Pišete nam lahko kadar koli.
missed-hard =
    Pogrešali smo vas. 🙂
    Zaradi česa težko pridete? Ni vam treba povedati.
missed-hard-children = Otroci
missed-hard-money = Prevoz ali denar
missed-hard-work = Delo
missed-hard-health = Zdravje
missed-hard-unclear = Ni bilo jasno
missed-hard-none = Ne želim povedati
missed-noted = Hvala. Morda lahko skupaj kaj spremenimo, da bo lažje.
missed-noted-time = Hvala. Poiščemo lahko uro, ki vam ustreza.
missed-noted-none = V redu. Pri nas ste dobrodošli.
