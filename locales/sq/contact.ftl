# Draft: needs a native reader. Status: docs/translations.md
contact-shared = A e përdor këtë telefon edhe dikush tjetër?
contact-shared-only-me = Vetëm unë
contact-shared-sometimes = Ndonjëherë
contact-shared-often = Shpesh
contact-when = Kur mund t'ju shkruajmë?
contact-when-morning = Paradite, 8–12
contact-when-afternoon = Pasdite, 12–16
contact-when-any = Gjatë gjithë ditës
contact-when-never = Kurrë, shkruaj unë
contact-done = { $when ->
    [never] Mirë. Ne nuk shkruajmë të parët. Ju lutem, shënoni kohën tuaj.
   *[other] Mirë. Shkruajmë shkurt dhe me fjalë neutrale. Më shumë shihni vetëm pasi të prekni.
  }
contact-ok = Në rregull
contact-settings =
    Si ju shkruajmë:
    { $shared ->
        [only_me] Këtë telefon e përdorni vetëm ju.
        [sometimes] Këtë telefon ndonjëherë e përdorin edhe të tjerë.
        [often] Këtë telefon shpesh e përdorin edhe të tjerë.
       *[unknown] Kush e përdor këtë telefon: ende nuk e dimë.
    }
    { $news ->
        [locked] Nuk shkruajmë në këtë telefon.
        [stopped] Keni thënë STOP. Ne nuk shkruajmë të parët.
        [kept] Keni thënë STOP. Vijnë vetëm përkujtesat.
       *[on] { $when ->
            [morning] Shkruajmë paradite, 8–12.
            [afternoon] Shkruajmë pasdite, 12–16.
            [never] Ne nuk shkruajmë të parët.
           *[any] Shkruajmë gjatë ditës, jo natën.
        }
    }
contact-change-when = Ndrysho kohën
contact-change-shared = Kush e përdor
contact-start = Mund të shkruani
contact-stop = Mos më shkruani
