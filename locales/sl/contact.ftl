# Draft: needs a native reader. Status: docs/translations.md
contact-shared = Ali ta telefon uporablja še kdo?
contact-shared-only-me = Samo jaz
contact-shared-sometimes = Včasih
contact-shared-often = Pogosto
contact-when = Kdaj vam lahko pišemo?
contact-when-morning = Dopoldne, 8–12
contact-when-afternoon = Popoldne, 12–16
contact-when-any = Ves dan, ponoči ne
contact-when-never = Nikoli, pišem jaz
contact-done = { $when ->
    [never] V redu. Pišemo samo, če prej pišete vi. Prosimo, zapišite si termin.
   *[other] V redu. Naša sporočila so kratka. Ne povedo, zakaj pišemo.
  }
contact-ok = V redu
# Says nothing of who else reads here or why we are silent: whoever holds the phone may read it.
contact-settings =
    Kako vam pišemo:
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
contact-change-when = Kdaj mi pišete
contact-change-shared = Skupni telefon
contact-start = Spet lahko pišete
contact-stop = Nehajte pisati
