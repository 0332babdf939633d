# Draft: needs a native reader. Status: docs/translations.md
appointments-none = Nuk keni takime.
appointments-list = { $count ->
    [one] Keni { $count } takim. Zgjidheni.
   *[other] Keni { $count } takime. Zgjidhni një.
  }
appointments-at = { WHEN($at) }
appointments-book = 📅 Takim i ri
appointments-facts =
    📅 { DATE($at) }
    { $topic }, këshillon { $who }.
    { $mode ->
        [phone] Me telefon: në atë orë telefononi { $phone }.
        [video] Me video: për lidhjen telefononi më parë { $phone }.
       *[person] Ku: { $address }.
    }
    Kodi: { $code }
    { $coming ->
        [yes] Takimi vlen.
       *[no] Nuk mundeni? Na tregoni.
    }
appointments-room =
    🚪 { $room }{ $steps ->
        [no] , pa shkallë
       *[yes] { "" }
    }
appointments-come = ✅ Vij
appointments-move = 🔁 Ndryshoje
appointments-cancel = ❌ Anuloje
appointments-coming = Faleminderit. Takimi vlen.
appointments-cancel-ask = Ta anulojmë këtë takim? { DATE($at) }
appointments-cancel-yes = ❌ Po, anuloje
appointments-cancel-no = Jo, takimi mbetet
appointments-cancelled = U anulua: { DATE($at) }. Dëshironi një takim të ri?
appointments-is-cancelled = Ky takim është anuluar. Këtu janë takimet tuaja.
appointments-past = Ky takim ka kaluar. Këtu janë takimet tuaja.
appointments-unknown = Këtë takim nuk e gjej. Këtu janë takimet tuaja.
appointments-back = 🗓 Takimet e mia
