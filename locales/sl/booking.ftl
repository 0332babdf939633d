# Draft: needs a native reader. Status: docs/translations.md
booking-age = Koliko let imate?
booking-age-under15 = Manj kot 15
booking-age-15to17 = 15–17
booking-age-adult = 18 ali več
booking-youth = Za vas so šport, tečaji in pomoč pri šoli. Termin uredi odrasla oseba, ki skrbi za vas (skrbnik ali dom). Telefon za otroke in mlade: 116 111, brezplačno.
booking-youth-activities = 🔎 Dejavnosti
booking-youth-guardian = 📅 Želim termin
booking-guardian = Zapisali smo, da čakate na termin. Odrasla oseba, ki skrbi za vas (skrbnik ali dom), naj pokliče { $phone } ali pride: { $address }.
booking-topic = O čem se želite pogovoriti?
booking-topic-work = 💼 Delo
booking-topic-papers = 📄 Pismo ali obrazec
booking-topic-money = 💶 Denar in dolgovi
booking-topic-family = 👶 Otroci in družina
booking-topic-school = 📚 Šola in jezik
# Neutral public names of sensitive topics: no word here may say what they are about.
booking-topic-lipa = 🌳 Lipa
booking-topic-breza = 🌿 Breza
booking-topic-javor = 🍁 Javor
booking-topic-hrast = 🌰 Hrast
booking-topic-bor = 🌲 Bor
booking-topic-jelka = 🍃 Jelka
booking-topic-other = 💬 Drugo
booking-mode = Kako se želite pogovoriti?
booking-mode-person = 🏠 Pridem k vam
booking-mode-phone = 📞 Po telefonu
booking-mode-video = 💻 Videoklic
booking-language = V katerem jeziku želite govoriti?
booking-language-any = Vseeno mi je
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
booking-day = Izberite dan.
booking-day-at = { SHORTDAY($at) }
booking-more-days = Poznejši dnevi
booking-first-days = Prvi dnevi
booking-slot = Izberite uro. Dan: { DAY($at) }.
booking-slot-at = { TIME($at) }
booking-more = Več
booking-first = Na prvo stran
booking-confirm =
    📅 { DATE($at) }
    { $topic }, { $mode ->
        [phone] po telefonu
        [video] videoklic
       *[person] pri nas
    }
    Ali je prav?
booking-yes = ✅ Da, ta termin
booking-yes-move = ✅ Da, prestavim
booking-other-time = Druga ura
booking-other-day = Drug dan
booking-other-mode = Drug način
booking-other-topic = Druga tema
booking-any-language = Katerikoli jezik
booking-keep = Pustim, kot je
booking-done = ✅ Termin je vaš.
booking-moved = ✅ Termin je prestavljen.
booking-mine = Ta termin že imate.
booking-web-note = Tukaj vas ne moremo spomniti na termin. Zapišite si: { DATE($at) }, koda { $code }. Ali pišite po Telegramu.
booking-web-only = Tukaj vas ne moremo spomniti na termin. Zapišite si: { DATE($at) }, koda { $code }.
booking-list = 🗓 Moji termini
booking-menu = 🏠 Meni
booking-slot-gone = Ta ura ni več prosta: { DATE($at) }. Izberite drugo uro.
booking-clash = Takrat že imate termin: { DATE($at) }. Izberite drugo uro.
booking-too-many = { $count ->
    [one] Imate { $count } termin. Več jih zdaj ni mogoče. Lahko ga prestavite ali odpoveste.
    [two] Imate { $count } termina. Več jih zdaj ni mogoče. Enega lahko prestavite ali odpoveste.
    [few] Imate { $count } termine. Več jih zdaj ni mogoče. Enega lahko prestavite ali odpoveste.
   *[other] Imate { $count } terminov. Več jih zdaj ni mogoče. Enega lahko prestavite ali odpoveste.
  }
booking-over = Ta termin ne velja več. Tukaj so vaši termini.
booking-no-slots = Ta dan ni več proste ure. Izberite drug dan.
booking-no-days = Prostih terminov zdaj ni. Izberite kaj drugega ali pokličite { $phone }.
booking-no-more-days = Poznejših dni ni. Izberite prve dni.
booking-topic-over = Tega zdaj ni. Izberite kaj drugega ali pokličite { $phone }.
booking-no-topics = Terminov zdaj ni. Pokličite { $phone } ali izberite 🙋 Človek.
