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
    { $topic }
    S kom: { $who }
    { $mode ->
        [phone] Po telefonu: ob tej uri pokličite { $phone }.
        [video] Videoklic: prej pokličite { $phone }. Dobite povezavo.
       *[person] Kje: { $address }
    }
    Vaša koda: { $code }
    { $coming ->
        [yes] Termin velja.
       *[no] Ne morete? Povejte nam.
    }
appointments-room =
    🚪 { $room }{ $steps ->
        [no] , brez stopnic
       *[yes] { "" }
    }
appointments-come = ✅ Pridem
appointments-move = 🔁 Prestavim
appointments-cancel = ❌ Odpovem
appointments-coming = Hvala. Termin velja.
appointments-cancel-ask =
    Želite odpovedati ta termin?
    📅 { DATE($at) }
appointments-cancel-yes = ❌ Da, odpovem
appointments-cancel-no = Ne, termin ostane
appointments-cancelled =
    Termin je odpovedan: { DATE($at) }.
    Želite nov termin?
appointments-is-cancelled = Ta termin je odpovedan. Tukaj so vaši termini.
appointments-past = Ta termin je že mimo. Tukaj so vaši termini.
appointments-unknown = Tega termina ni. Tukaj so vaši termini.
appointments-back = 🗓 Moji termini
