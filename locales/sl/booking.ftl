# Draft: needs a native reader. Status: docs/translations.md
booking-age = Koliko let imate?
booking-age-under15 = Manj kot 15
booking-age-15to17 = 15–17
booking-age-adult = 18 ali več
booking-youth = Za vas so šport, tečaji in pomoč za šolo. Za termin pomaga skrbnik ali dom. Brezplačen pogovor za mlade: 116 111. Lahko pomaga tudi oseba.
booking-youth-activities = 🔎 Dejavnosti
booking-youth-guardian = 📅 Termin z odraslo
booking-guardian = Skrbnik ali vzgojitelj iz doma naj pokliče { $phone } ali pride: { $address }. Oseba tukaj že vidi, da čakate na termin.
booking-topic = O čem se želite pogovoriti?
booking-topic-work = 💼 Delo
booking-topic-papers = 📄 Pismo ali obrazec
booking-topic-money = 💶 Denar in dolgovi
booking-topic-family = 👶 Otroci in družina
booking-topic-school = 📚 Šola in jezik
# Neutral public names of sensitive topics: no word here may say what they are about.
booking-topic-lipa = 🌳 Lipa
booking-topic-breza = 🌿 Breza
booking-topic-other = 💬 Pogovor
booking-mode = Kako se želite pogovoriti?
booking-mode-person = 🏠 Osebno, na pultu
booking-mode-phone = 📞 Po telefonu
booking-mode-video = 💻 Video
booking-language = Kateri jezik naj govori svetovalka?
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
booking-slot = { DAY($at) }. Izberite uro.
booking-slot-at = { TIME($at) }
booking-more = Več
booking-first = Od začetka
booking-confirm =
    { DATE($at) }
    { $topic }, { $mode ->
        [phone] po telefonu
        [video] video
       *[person] osebno
    }.
    Je prav?
booking-yes = ✅ Da, rezerviraj
booking-yes-move = ✅ Da, prestavi
booking-other-time = Drug čas
booking-other-day = Drug dan
booking-other-mode = Drug način
booking-other-topic = Druga tema
booking-any-language = Katerikoli jezik
booking-keep = Pustim, kot je
booking-done = ✅ Termin je vaš.
booking-moved = ✅ Termin je prestavljen.
booking-mine = Ta termin že imate.
booking-web-note = Ta stran vas ne more opomniti. Nadaljujte na Telegramu ali si zapišite: { DATE($at) }, koda { $code }.
booking-list = 🗓 Moji termini
booking-menu = 🏠 Meni
booking-slot-gone = Ta čas ni več prost: { DATE($at) }. Izberite drug čas.
booking-clash = Takrat že imate termin: { DATE($at) }. Izberite drug čas.
booking-too-many = { $count ->
    [one] Imate že { $count } termin. Več jih hkrati ne moremo dati. Enega lahko prestavite ali odpoveste.
    [two] Imate že { $count } termina. Več jih hkrati ne moremo dati. Enega lahko prestavite ali odpoveste.
    [few] Imate že { $count } termine. Več jih hkrati ne moremo dati. Enega lahko prestavite ali odpoveste.
   *[other] Imate že { $count } terminov. Več jih hkrati ne moremo dati. Enega lahko prestavite ali odpoveste.
  }
booking-over = Ta termin ni več odprt. Tukaj so vaši termini.
booking-no-slots = Ta dan ni več prostih ur. Izberite drug dan.
booking-no-days = Tukaj zdaj ni prostih terminov. Poskusite drugače ali pokličite { $phone }.
booking-no-more-days = Poznejših dni ni. Poglejte prve dni.
booking-topic-over = Tega zdaj ni mogoče izbrati. Poskusite drugače ali pokličite { $phone }.
booking-no-topics = Terminov zdaj ni. Pokličite { $phone } ali izberite 🙋 Oseba.
