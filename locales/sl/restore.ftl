# Draft: needs a native reader. Status: docs/translations.md
restore-title = Po obnovitvi
restore-never = Baza še ni bila obnovljena iz varnostne kopije.
restore-then = Ko bo, se nič starega ne pošlje samo od sebe. Kar takrat čaka, je tukaj, odloči pa administrator.
restore-when = Obnovljeno { DATE($at) }. Kopija je bila narejena { DATE($copied) }.
restore-between = Kar se je zgodilo med tema časoma, je tukaj izgubljeno. Nekaj od tega je ljudi morda vseeno doseglo: pokličite tiste, ki so imeli termin, ter preglejte osebje, vloge in gesla.
restore-uncertain = { $count ->
    [one] { $count } sporočilo se je ravno pošiljalo, ko je nastala kopija. Morda je prišlo. Ne pošlje se znova.
    [two] { $count } sporočili sta se ravno pošiljali, ko je nastala kopija. Morda sta prišli. Ne pošljeta se znova.
    [few] { $count } sporočila so se ravno pošiljala, ko je nastala kopija. Morda so prišla. Ne pošljejo se znova.
   *[other] { $count } sporočil se je ravno pošiljalo, ko je nastala kopija. Morda so prišla. Ne pošljejo se znova.
}
restore-nothing = Nič več ni zadržano.
restore-done = { $count ->
    [one] Urejeno: { $count } vrstica.
    [two] Urejeno: { $count } vrstici.
    [few] Urejeno: { $count } vrstice.
   *[other] Urejeno: { $count } vrstic.
}
restore-over = O tem je že odločeno. Stran kaže, kaj je zadržano zdaj.
restore-release = Pošlji
restore-drop = Ne pošlji
restore-release-kind = Pošlji: { $name }
restore-drop-kind = Ne pošlji: { $name }
restore-about-messages = Čakala so na pošiljanje, ko je nastala kopija. Kjer je bilo od takrat povedano kaj novejšega, staro sporočilo odpade.
restore-about-notices = Čas zanje je bil pred obnovitvijo in so morda že prišla. »Pošlji« pusti, da običajna pravila odločijo znova, po terminih, kakršni so zdaj.
restore-about-calls = Klici sodelavcem, ki so čakali, ko je nastala kopija. Kogar potrebujemo zdaj, pokličemo tako ali tako.
restore-about-days = Odpovedani so bili pred obnovitvijo. »Pošlji« odpove preostale termine in to sporoči vsem. »Ne pošlji« jih pusti, kakršni so: uredite jih ročno, na novo se za ta dan ne more naročiti nihče.
restore-kind-answer = Odgovori bota
restore-kind-safety = Varnostne kartice
restore-kind-staff = Sporočila sodelavcev
restore-kind-staff_now = Sporočila sodelavcev nekomu, ki je bil prisoten
restore-kind-handover_line = Vrstice o tem, kdo odgovarja
restore-kind-handover_now = Vrstice o tem, kdo odgovarja, nekomu, ki je bil prisoten
restore-kind-reminder_day = Opomniki dan prej
restore-kind-reminder_hours = Opomniki dve uri prej
restore-kind-go_on = Vprašanja: želite nadaljevati?
restore-kind-missed = Besede po zamujenem terminu
restore-kind-booking_change = Sporočila o spremenjenih terminih
restore-kind-calls = Klici sodelavcem
restore-kind-days_off = Odpovedani dnevi, katerih termini še niso vsi odpovedani
restore-kind-other = Druga sporočila
