# Draft: needs a native reader. Status: docs/translations.md
rooms-title = Sobe
rooms-listed = { $place }
rooms-none = Tukaj ni sob. Termini jih zato ne potrebujejo in vse je tako kot prej.
rooms-seats-for = { $count ->
    [one] { $count } sedež
    [two] { $count } sedeža
    [few] { $count } sedeži
   *[other] { $count } sedežev
}
rooms-step-free = brez stopnic
rooms-change = Spremeni
rooms-change-one = Spremeni: { $name }
rooms-close = Zapri
rooms-close-one = Zapri: { $name }
rooms-closed = Zaprte sobe
rooms-open = Spet odpri
rooms-open-one = Spet odpri: { $name }
rooms-add = Dodaj sobo
rooms-name = Ime
rooms-name-hint = Uporabnica ga prebere ob uri termina, tudi na zaklenjenem telefonu, zato ne sme povedati teme.
rooms-note = Kje je, na primer 2. nadstropje
rooms-seats = Sedeži
rooms-seats-hint = Skupaj s svetovalko. Skupni termin potrebuje tri.
rooms-step-free-label = Na poti do nje ni stopnic
rooms-save = Shrani
rooms-leave = Ne shrani
rooms-close-hint = Zaprte sobe ne dobi nihče več. Termini, ki so že v njej, ostanejo v njej: pokažemo vam njihove ure in vas še enkrat vprašamo.
rooms-needs = Kdo potrebuje sobo
rooms-needs-hint = Velja za osebne termine, ki se naročijo od zdaj; telefon in video sobe ne zasedeta. Če je sob več, dobi termin najprej sobo brez stopnic, nato najmanjšo, ki zadošča. Že naročeni termini ostanejo, kot so.
rooms-need-none = sobe ne potrebuje
rooms-need-any = katera koli soba tega kraja
rooms-need-one = vedno { $name }
rooms-need-save = Shrani za: { $name }
rooms-without = Shranjeno. { $count ->
    [one] { $count } že naročen osebni termin je brez sobe. Tako ostane, dokler se ne prestavi.
    [two] { $count } že naročena osebna termina sta brez sobe. Tako ostane, dokler se ne prestavita.
    [few] { $count } že naročeni osebni termini so brez sobe. Tako ostane, dokler se ne prestavijo.
   *[other] { $count } že naročenih osebnih terminov je brez sobe. Tako ostane, dokler se ne prestavijo.
}
rooms-out = Ti naročeni termini so v tej sobi
rooms-out-hint = Ostanejo naročeni in v tej sobi. Nič še ni shranjeno. Prej jih prestavite ali sobo vseeno zaprite: nov termin je potem ne dobi.
rooms-anyway = Vseeno zapri
rooms-leaves-out = Soba še ni zaprta: { $count ->
    [one] v njej je { $count } naročen termin.
    [two] v njej sta { $count } naročena termina.
    [few] v njej so { $count } naročeni termini.
   *[other] v njej je { $count } naročenih terminov.
}
rooms-problem-name = Ni shranjeno: napišite ime z največ 40 znaki.
rooms-problem-note = Ni shranjeno: opis, kje je soba, ima lahko največ 60 znakov.
rooms-problem-seats = Ni shranjeno: sedeži so število od 2 do 500.
rooms-problem-twice = Ni shranjeno: ta kraj že ima sobo s tem imenom, morda zaprto.
rooms-problem-many = Ni shranjeno: ta kraj ima preveč sob.
rooms-problem-needed = Ni zaprto: nekdo vedno potrebuje to sobo. Najprej zanjo ali zanj spodaj izberite drugo.
rooms-problem-last = Ni zaprto: to je zadnja odprta soba in nekdo jo potrebuje. Najprej spremenite to spodaj.
rooms-problem-none = Ni shranjeno: tukaj ni odprte sobe. Najprej jo dodajte.
rooms-problem-need = Ni shranjeno: izberite s seznama.
rooms-at = Soba: { $room }
