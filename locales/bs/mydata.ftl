# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
mydata-open = 🗂 Moji podaci
mydata =
    Šta čuvamo o vama:
    Jezik: { $tongue ->
        [sl] slovenački
        [sq] albanski
        [en] engleski
        [hr] hrvatski
        [sr] srpski
        [sr-Cyrl] srpski, ćirilica
        [ar] arapski
       *[bs] bosanski
    }
    Poruke: { $messages }
    Razgovori: { $chats }
    Budući termini: { $count }
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
        [yes] Za ovaj razgovor ste rekli: da.
        [no] Rekli ste da razgovor ne čuvamo.
       *[unasked] Na pitanje o privatnosti još niste odgovorili.
    }
    { $reminders ->
        [yes] Za podsjetnike ste rekli: da.
        [no] Za podsjetnike ste rekli: ne.
       *[unasked] O podsjetnicima vas još nismo pitali.
    }
    { $news ->
        [locked] Pišemo samo ako prvo pišete vi.
        [stopped] Rekli ste STOP. Pišemo samo ako prvo pišete vi.
        [kept] Rekli ste STOP. Samo vas podsjetimo na termine.
       *[on] { $when ->
            [morning] Pišemo prije podne, 8–12.
            [afternoon] Pišemo popodne, 12–16.
            [never] Pišemo samo ako prvo pišete vi.
           *[any] Pišemo cijeli dan, noću ne.
        }
    }
mydata-file = 📄 Svi podaci
mydata-delete = 🗑 Izbriši me
mydata-desk = Sve možete dobiti u jednoj datoteci. Dođite i tražite je: { $address }.
mydata-ways = Sve možete dobiti u jednoj datoteci. Dođite i tražite je: { $address }. Ili izaberite link. Radi samo jednom, jedan sat.
mydata-link = 🔗 Želim link
mydata-ok = U redu
mydata-address = { $link }
mydata-link-sent = Link je gore. Ko ga otvori, dobije datoteku.
mydata-erase = Ako izaberete „Izbriši“, brišemo što čuvamo o vama: razgovor i postavke.{ $count ->
        [0] { "" }
        [one] { " " }Otkazujemo vaš termin.
        [few] { " " }Otkazujemo vaše termine.
       *[other] { " " }Otkazujemo vaše termine.
    } Ostaje samo broj posjeta, bez podataka o vama. Što je na telefonu, tamo ostaje.
mydata-erase-delete = 🗑 Izbriši
mydata-erase-keep = Ostavi
mydata-sure = Brišemo sada sve? Obrisano ne možemo vratiti.
mydata-sure-yes = Da, izbriši sve
mydata-sure-no = Ne
mydata-kept = Ništa nismo promijenili.
mydata-erased = Gotovo. Vaš razgovor i postavke smo ovdje obrisali. Sada obrišite ovaj razgovor i na telefonu.
