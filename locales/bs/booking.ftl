# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
booking-age = Koliko imate godina?
booking-age-under15 = Manje od 15
booking-age-15to17 = 15–17
booking-age-adult = 18 ili više
booking-youth = Za vas imamo sport, kurseve i pomoć za školu. Termin dogovara odrasla osoba koja brine o vama (staratelj ili dom). Telefon za djecu i mlade: 116 111, besplatno.
booking-youth-activities = 🔎 Aktivnosti
booking-youth-guardian = 📅 Želim termin
booking-guardian = Zapisali smo da čekate na termin. Odrasla osoba koja brine o vama (staratelj ili dom) neka nazove { $phone } ili dođe: { $address }.
booking-topic = O čemu želite razgovarati?
booking-topic-work = 💼 Posao
booking-topic-papers = 📄 Pismo ili obrazac
booking-topic-money = 💶 Novac i dugovi
booking-topic-family = 👶 Djeca i porodica
booking-topic-school = 📚 Škola i jezik
# Neutral public names of sensitive topics: no word here may say what they are about.
booking-topic-lipa = 🌳 Lipa
booking-topic-breza = 🌿 Breza
booking-topic-javor = 🍁 Javor
booking-topic-hrast = 🌰 Hrast
booking-topic-bor = 🌲 Bor
booking-topic-jelka = 🍃 Jelka
booking-topic-other = 💬 Drugo
booking-mode = Kako želite razgovarati?
booking-mode-person = 🏠 Dolazim k vama
booking-mode-phone = 📞 Telefonom
booking-mode-video = 💻 Videopoziv
booking-language = Na kojem jeziku želite razgovarati?
booking-language-any = Svejedno mi je
booking-language-name = { $language ->
    [sl] Slovenščina
    [sq] Shqip
    [en] English
    [bs] Bosanski
    [hr] Hrvatski
    [sr] Srpski
    [mk] Македонски
    [es] Español
    [fr] Français
    [ar] العربية
    [fa] فارسی
    [prs] دری
    [ps] پښتو
    [ur] اردو
    [ru] Русский
    [uk] Українська
   *[other] { $language }
  }
booking-day = Izaberite dan.
booking-day-at = { SHORTDAY($at) }
booking-more-days = Kasniji dani
booking-first-days = Prvi dani
booking-slot = Izaberite sat. Dan: { DAY($at) }.
booking-slot-at = { TIME($at) }
booking-more = Više
booking-first = Na prvu stranu
booking-confirm =
    📅 { DATE($at) }
    { $topic }, { $mode ->
        [phone] telefonom
        [video] videopoziv
       *[person] kod nas
    }
    Je li to u redu?
booking-yes = ✅ Da, taj termin
booking-yes-move = ✅ Da, mijenjam
booking-other-time = Drugi sat
booking-other-day = Drugi dan
booking-other-mode = Drugi način
booking-other-topic = Druga tema
booking-any-language = Bilo koji jezik
booking-keep = Neka ostane
booking-done = ✅ Termin je vaš.
booking-moved = ✅ Termin je promijenjen.
booking-mine = Ovaj termin već imate.
booking-web-note = Ovdje vas ne možemo podsjetiti na termin. Zapišite: { DATE($at) }, kod { $code }. Ili pišite ovdje: Telegram.
booking-web-only = Ovdje vas ne možemo podsjetiti na termin. Zapišite: { DATE($at) }, kod { $code }.
booking-list = 🗓 Moji termini
booking-menu = 🏠 Meni
booking-slot-gone = Ovaj sat više nije slobodan: { DATE($at) }. Izaberite drugi.
booking-clash = Tada već imate termin: { DATE($at) }. Izaberite drugi sat.
booking-too-many = { $count ->
    [one] Imate { $count } termin. Više ih sada nije moguće imati. Možete ga promijeniti ili otkazati.
    [few] Imate { $count } termina. Više ih sada nije moguće imati. Jedan možete promijeniti ili otkazati.
   *[other] Imate { $count } termina. Više ih sada nije moguće imati. Jedan možete promijeniti ili otkazati.
  }
booking-over = Ovaj termin više ne vrijedi. Ovdje su vaši termini.
booking-no-slots = Taj dan više nema slobodnog sata. Izaberite drugi dan.
booking-no-days = Slobodnih termina sada nema. Izaberite nešto drugo ili nazovite { $phone }.
booking-no-more-days = Kasnijih dana nema. Izaberite prve dane.
booking-topic-over = Toga sada nema. Izaberite nešto drugo ili nazovite { $phone }.
booking-no-topics = Termina sada nema. Nazovite { $phone } ili izaberite 🙋 Osoba.
