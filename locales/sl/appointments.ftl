# Draft: needs a native reader. Status: docs/translations.md
appointments-none = Nimate terminov.
appointments-list = { $count ->
    [one] Imate { $count } termin. Izberite ga.
    [two] Imate { $count } termina. Izberite enega.
    [few] Imate { $count } termine. Izberite enega.
   *[other] Imate { $count } terminov. Izberite enega.
  }
appointments-at = { WHEN($at) }
appointments-book = 📅 Nov termin
appointments-facts =
    📅 { DATE($at) }
    { $topic }, svetuje { $who }.
    { $mode ->
        [phone] Po telefonu: takrat pokličite { $phone }.
        [video] Video: za povezavo prej pokličite { $phone }.
       *[person] Kje: { $address }.
    }
    Koda: { $code }
    { $coming ->
        [yes] Vemo, da pridete.
       *[no] Ne morete? Povejte nam.
    }
appointments-come = ✅ Pridem
appointments-move = 🔁 Prestavi
appointments-cancel = ❌ Odpovej
appointments-coming = Hvala. Vemo, da pridete.
appointments-cancel-ask = Odpovemo termin { DATE($at) }?
appointments-cancel-yes = ❌ Da, odpovej
appointments-cancel-no = Ne, pridem
appointments-cancelled = Odpovedano: { DATE($at) }. Želite nov termin?
appointments-is-cancelled = Ta termin je odpovedan. Tukaj so vaši termini.
appointments-past = Ta termin je mimo. Tukaj so vaši termini.
appointments-unknown = Tega termina tukaj ni. Tukaj so vaši termini.
appointments-back = 🗓 Moji termini
