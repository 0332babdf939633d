# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
contact-shared = Koristi li ovaj telefon još neko?
contact-shared-only-me = Samo ja
contact-shared-sometimes = Ponekad
contact-shared-often = Često
contact-when = Kada vam smijemo pisati?
contact-when-morning = Prije podne, 8–12
contact-when-afternoon = Popodne, 12–16
contact-when-any = Cijeli dan, noću ne
contact-when-never = Nikad, pišem ja
contact-done = { $when ->
    [never] U redu. Pišemo samo ako prvo pišete vi. Molimo, zapišite termin.
   *[other] U redu. Naše poruke su kratke. Ne govore zašto pišemo.
  }
contact-ok = U redu
# Says nothing of who else reads here or why we are silent: whoever holds the phone may read it.
contact-settings =
    Kako vam pišemo:
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
contact-change-when = Kada mi pišete
contact-change-shared = Zajednički telefon
contact-start = Opet možete pisati
contact-stop = Prestanite pisati
