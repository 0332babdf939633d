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
    [never] Mirë. Ju përgjigjemi vetëm kur na shkruani ju. Ju lutem, shënoni ditën dhe orën.
   *[other] Mirë. Mesazhi është i shkurtër dhe nuk tregon për çfarë është. Më shumë shihni vetëm kur e prekni.
  }
contact-ok = Në rregull
# Says nothing of who else reads here or why we are silent: whoever holds the phone may read it.
contact-settings =
    Si ju shkruajmë:
    { $news ->
        [locked] Përgjigjemi vetëm kur na shkruani ju.
        [stopped] Keni thënë STOP. Përgjigjemi vetëm kur na shkruani ju.
        [kept] Keni thënë STOP. Vijnë vetëm përkujtesat.
       *[on] { $when ->
            [morning] Shkruajmë paradite, 8–12.
            [afternoon] Shkruajmë pasdite, 12–16.
            [never] Përgjigjemi vetëm kur na shkruani ju.
           *[any] Shkruajmë gjatë ditës, jo natën.
        }
    }
contact-change-when = Ndrysho kohën
contact-change-shared = Kush e përdor
contact-start = Më shkruani përsëri
contact-stop = Mos më shkruani
