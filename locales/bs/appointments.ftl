# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
appointments-none = Nemate termina.
appointments-list = { $count ->
    [one] Imate { $count } termin. Izaberite ga.
    [few] Imate { $count } termina. Izaberite jedan.
   *[other] Imate { $count } termina. Izaberite jedan.
  }
appointments-at = { WHEN($at) }
appointments-book = 📅 Novi termin
appointments-facts =
    📅 { DATE($at) }
    { $topic }
    S kim: { $who }
    { $mode ->
        [phone] Telefonom: u to vrijeme nazovite { $phone }.
        [video] Videopoziv: prije toga nazovite { $phone }. Dobit ćete link.
       *[person] Gdje: { $address }
    }
    Vaš kod: { $code }
    { $coming ->
        [yes] Termin vrijedi.
       *[no] Ne možete doći? Javite nam.
    }
appointments-room =
    🚪 { $room }{ $steps ->
        [no] , bez stepenica
       *[yes] { "" }
    }
appointments-come = ✅ Dolazim
appointments-move = 🔁 Drugi dan ili sat
appointments-cancel = ❌ Otkazujem
appointments-coming = Hvala. Termin vrijedi.
appointments-cancel-ask =
    Želite li otkazati ovaj termin?
    📅 { DATE($at) }
appointments-cancel-yes = ❌ Da, otkazujem
appointments-cancel-no = Ne, termin ostaje
appointments-cancelled =
    Termin je otkazan: { DATE($at) }.
    Želite li novi termin?
appointments-is-cancelled = Ovaj termin je otkazan. Ovdje su vaši termini.
appointments-past = Ovaj termin je već prošao. Ovdje su vaši termini.
appointments-unknown = Ovog termina nema. Ovdje su vaši termini.
appointments-back = 🗓 Moji termini
