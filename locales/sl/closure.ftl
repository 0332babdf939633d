# Draft: needs a native reader. Status: docs/translations.md
closure-title = Zaprti dnevi
closure-years = Leto
closure-listed = { $place }, { $year }
closure-none = To leto ni zaprtih dni.
closure-day = { SHORTDAY($day) }
closure-remove-day = Odstrani { SHORTDAY($day) }
closure-one = Zapri en dan
closure-date-label = Dan
closure-reason-label = Razlog
closure-close-one = Zapri ta dan
closure-holidays = Slovenski prazniki
closure-holidays-hint = Dneve najprej vidite. Shranijo se šele, ko potrdite. Praznik na nedeljo ostane na nedeljo.
closure-yearly = Praznike dodate za vsako leto posebej. Vsako jesen zgoraj izberite naslednje leto in jih dodajte; od oktobra na to opozori seznam za vzpostavitev. Dneve, ko je zaprto samo pri vas, dodate ročno ali iz datoteke.
closure-holidays-show = Pokaži praznike za { $year }
closure-no-holidays = Prazniki za { $year } niso znani.
closure-import = Dnevi iz datoteke
closure-import-hint = Datoteka CSV v UTF-8. Prva vrstica: datum,razlog. Nato po en dan leta { $year } v vrstici, na primer 2026-12-24,zaprto. Dneve najprej vidite.
closure-file = Datoteka
closure-import-show = Pokaži dneve
closure-proposal = { $count ->
    [0] Vsi ti dnevi so že zaprti
    [one] Zaprl bi se { $count } dan
    [two] Zaprla bi se { $count } dneva
    [few] Zaprli bi se { $count } dnevi
   *[other] Zaprlo bi se { $count } dni
}
closure-there = že zaprto: { $reason }
closure-lie = naročeno: { $times }
closure-lie-hint = Ti termini ostanejo naročeni. Prestavite jih, odpovejte ali dneve vseeno zaprite.
closure-close = Zapri te dneve ({ $count })
closure-anyway = Vseeno zapri ({ $count })
closure-meetings = Še ni shranjeno: { $count ->
    [one] na te dneve je { $count } naročeni termin.
    [two] na te dneve sta { $count } naročena termina.
    [few] na te dneve so { $count } naročeni termini.
   *[other] na te dneve je { $count } naročenih terminov.
}
closure-already = Ni kaj shraniti: ti dnevi so že zaprti.
closure-date = Izberite dan.
closure-reason = Napišite razlog v eni vrstici, do 80 znakov.
closure-no-file = Izberite datoteko.
closure-file-big = Datoteka je prevelika. Leto dni gre v 32 KB.
closure-bad-encoding = Nič ni shranjeno. Vrstica { $line }: to ni UTF-8. Shranite datoteko kot CSV UTF-8 in poskusite znova.
closure-bad-columns = Nič ni shranjeno. Vrstica { $line }: potrebna sta dva stolpca, datum in razlog, tako poimenovana v prvi vrstici.
closure-bad-date = Nič ni shranjeno. Vrstica { $line }: to ni dan. Napišite 2026-12-24 ali 24. 12. 2026.
closure-bad-year = Nič ni shranjeno. Vrstica { $line }: ta dan ni iz izbranega leta.
closure-bad-twice = Nič ni shranjeno. Vrstica { $line }: ta dan je naveden dvakrat.
closure-bad-reason = Nič ni shranjeno. Vrstica { $line }: potreben je razlog v eni vrstici, do 80 znakov.
closure-bad-many = Nič ni shranjeno. Vrstica { $line }: dni je preveč.
closure-bad-empty = Nič ni shranjeno. Vrstica { $line }: v datoteki ni nobenega dneva.
