# Draft: needs a native reader. Status: docs/translations.md
booking-age = Sa vjeç jeni?
booking-age-under15 = Nën 15
booking-age-15to17 = 15–17
booking-age-adult = 18 ose më shumë
booking-youth = Për ju ka sport, kurse dhe ndihmë për shkollën. Për takim ju ndihmon kujdestari (skrbnik) ose konvikti (dom). Bisedë falas për të rinj: 116 111. Mund t'ju ndihmojë edhe një njeri këtu.
booking-youth-activities = 🔎 Aktivitete
booking-youth-guardian = 📅 Me një të rritur
booking-guardian = Kujdestari (skrbnik) ose konvikti (dom) le të telefonojë { $phone } ose të vijë këtu: { $address }. Një njeri këtu tashmë e sheh që po prisni një takim.
booking-topic = Për çfarë dëshironi të flisni?
booking-topic-work = 💼 Punë
booking-topic-papers = 📄 Letra, formularë
booking-topic-money = 💶 Para dhe borxhe
booking-topic-family = 👶 Fëmijë, familje
booking-topic-school = 📚 Shkollë, gjuhë
# Neutral public names of sensitive topics: no word here may say what they are about.
booking-topic-lipa = 🌳 Lipa
booking-topic-breza = 🌿 Breza
booking-topic-javor = 🍁 Javor
booking-topic-hrast = 🌰 Hrast
booking-topic-bor = 🌲 Bor
booking-topic-jelka = 🍃 Jelka
booking-topic-other = 💬 Bisedë
booking-mode = Si dëshironi të flisni?
booking-mode-person = 🏠 Vij në zyrë
booking-mode-phone = 📞 Me telefon
booking-mode-video = 💻 Me video
booking-language = Në cilën gjuhë dëshironi të flisni?
booking-language-any = Nuk ka rëndësi
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
booking-day = Zgjidhni një ditë.
booking-day-at = { SHORTDAY($at) }
booking-more-days = Ditë më vonë
booking-first-days = Ditët e para
booking-slot = Dita: { DAY($at) }. Zgjidhni orën.
booking-slot-at = { TIME($at) }
booking-more = Më shumë
booking-first = Nga fillimi
booking-confirm =
    { DATE($at) }
    { $topic }, { $mode ->
        [phone] me telefon
        [video] me video
       *[person] në zyrë
    }.
    A është në rregull?
booking-yes = ✅ Po, caktoje
booking-yes-move = ✅ Po, ndryshoje
booking-other-time = Orë tjetër
booking-other-day = Ditë tjetër
booking-other-mode = Mënyrë tjetër
booking-other-topic = Temë tjetër
booking-any-language = Cilado gjuhë
booking-keep = Le të mbetet
booking-done = ✅ Takimi u caktua.
booking-moved = ✅ Takimi u ndryshua.
booking-mine = Këtë takim e keni tashmë.
booking-web-note = Kjo faqe nuk mund t'jua kujtojë takimin. Vazhdoni në Telegram ose shënoni: { DATE($at) }, kodi { $code }.
booking-web-only = Kjo faqe nuk mund t'jua kujtojë takimin. Shënoni: { DATE($at) }, kodi { $code }.
booking-list = 🗓 Takimet e mia
booking-menu = 🏠 Menyja
booking-slot-gone = Kjo orë nuk është më e lirë: { DATE($at) }. Zgjidhni një orë tjetër.
booking-clash = Në këtë kohë keni një takim tjetër: { DATE($at) }. Zgjidhni një orë tjetër.
booking-too-many = { $count ->
    [one] Keni tashmë { $count } takim. Nuk mund të japim më shumë. Mund ta ndryshoni ose ta anuloni.
   *[other] Keni tashmë { $count } takime. Nuk mund të japim më shumë. Mund ta ndryshoni ose ta anuloni një.
  }
booking-over = Ky takim nuk vlen më. Këtu janë takimet tuaja.
booking-no-slots = Këtë ditë nuk ka më orë të lira. Zgjidhni një ditë tjetër.
booking-no-days = Tani këtu nuk ka orë të lira. Provoni ndryshe ose telefononi { $phone }.
booking-no-more-days = Më vonë nuk ka ditë të lira. Shihni ditët e para.
booking-topic-over = Këtë tani nuk mund ta zgjidhni. Provoni ndryshe ose telefononi { $phone }.
booking-no-topics = Tani nuk ka takime. Telefononi { $phone } ose zgjidhni 🙋 Një njeri.
