# Draft: needs a native reader. Status: docs/translations.md
contact-shared = Ali ta telefon uporablja še kdo?
contact-shared-only-me = Samo jaz
contact-shared-sometimes = Včasih
contact-shared-often = Pogosto
contact-when = Kdaj vam lahko pišemo?
contact-when-morning = Dopoldne, 8–12
contact-when-afternoon = Popoldne, 12–16
contact-when-any = Kadarkoli podnevi
contact-when-never = Nikoli, pišem jaz
contact-done = { $when ->
    [never] Dobro. Prvi ne pišemo. Prosimo, zapišite si termin.
   *[other] Dobro. Pišemo kratko in nevtralno. Več vidite šele po dotiku.
  }
contact-ok = V redu
contact-settings =
    Kako vam pišemo:
    { $shared ->
        [only_me] Ta telefon uporabljate samo vi.
        [sometimes] Ta telefon včasih uporablja še kdo.
        [often] Ta telefon pogosto uporablja še kdo.
       *[unknown] Kdo uporablja ta telefon: še ne vemo.
    }
    { $news ->
        [locked] Na ta telefon ne pišemo.
        [stopped] Rekli ste STOP. Prvi ne pišemo.
        [kept] Rekli ste STOP. Pridejo samo opomniki.
       *[on] { $when ->
            [morning] Pišemo dopoldne, 8–12.
            [afternoon] Pišemo popoldne, 12–16.
            [never] Prvi ne pišemo.
           *[any] Pišemo kadarkoli podnevi, ponoči ne.
        }
    }
contact-change-when = Spremeni čas
contact-change-shared = Kdo ga uporablja
contact-start = Spet lahko pišete
contact-stop = Nehajte pisati
