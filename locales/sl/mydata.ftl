# Draft: needs a native reader. Status: docs/translations.md
mydata-open = 🗂 Moji podatki
mydata =
    Kaj hranimo o vas:
    Jezik: { $tongue ->
        [sq] albanščina
        [bs] bosanščina
        [hr] hrvaščina
        [sr] srbščina
        [sr-Cyrl] srbščina, cirilica
        [ar] arabščina
        [en] angleščina
       *[sl] slovenščina
    }
    Sporočila: { $messages }
    Klepeti: { $chats }
    Prihodnji termini: { $count }
mydata-times-1 = { DATE($at1) }
mydata-times-2 =
    { DATE($at1) }
    { DATE($at2) }
mydata-times-3 =
    { DATE($at1) }
    { DATE($at2) }
    { DATE($at3) }
mydata-said =
    { $privacy ->
        [yes] Za ta klepet ste rekli: da.
        [no] Rekli ste, naj klepeta ne hranimo.
       *[unasked] Na vprašanje o zasebnosti še niste odgovorili.
    }
    { $reminders ->
        [yes] Za opomnike ste rekli: da.
        [no] Za opomnike ste rekli: ne.
       *[unasked] O opomnikih vas še nismo vprašali.
    }
    { $news ->
        [locked] Pišemo samo, če prej pišete vi.
        [stopped] Rekli ste STOP. Pišemo samo, če prej pišete vi.
        [kept] Rekli ste STOP. Samo na termine vas spomnimo.
       *[on] { $when ->
            [morning] Pišemo dopoldne, 8–12.
            [afternoon] Pišemo popoldne, 12–16.
            [never] Pišemo samo, če prej pišete vi.
           *[any] Pišemo ves dan, ponoči ne.
        }
    }
mydata-file = 📄 Vsi podatki
mydata-delete = 🗑 Izbriši me
mydata-desk = Vse lahko dobite v eni datoteki. Pridite in prosite zanjo: { $address }.
mydata-ways = Vse lahko dobite v eni datoteki. Pridite in prosite zanjo: { $address }. Ali izberite povezavo. Deluje samo enkrat, eno uro.
mydata-link = 🔗 Želim povezavo
mydata-ok = V redu
mydata-address = { $link }
mydata-link-sent = Povezava je zgoraj. Kdor jo odpre, dobi datoteko.
mydata-erase = Če izberete »Izbriši«, izbrišemo, kar hranimo o vas: klepet in nastavitve.{ $count ->
        [0] { "" }
        [one] { " " }Vaš termin odpovemo.
        [two] { " " }Vaša termina odpovemo.
        [few] { " " }Vaše termine odpovemo.
       *[other] { " " }Vaše termine odpovemo.
    } Ostane samo število obiskov, brez podatkov o vas. Kar je na telefonu, tam ostane.
mydata-erase-delete = 🗑 Izbriši
mydata-erase-keep = Pusti
mydata-sure = Zdaj izbrišemo vse? Izbrisanega ne moremo vrniti.
mydata-sure-yes = Da, izbriši vse
mydata-sure-no = Ne
mydata-kept = Ničesar nismo spremenili.
mydata-erased = Urejeno. Vaš klepet in nastavitve smo tu izbrisali. Zdaj izbrišite ta klepet še na telefonu.
