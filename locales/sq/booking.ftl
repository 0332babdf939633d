# Draft: needs a native reader. Status: docs/translations.md
booking-age = Sa vjeç jeni?
booking-age-under15 = Nën 15
booking-age-15to17 = 15–17
booking-age-adult = 18 ose më shumë
booking-youth = Për ju ka sport, kurse dhe ndihmë për shkollën. Për takim ju ndihmon kujdestari ose konvikti. Bisedë falas për të rinj: 116 111. Mund të ndihmojë edhe një njeri.
booking-youth-activities = 🔎 Aktivitete
booking-youth-guardian = 📅 Me një të rritur
booking-guardian = Kujdestari ose konvikti le të telefonojë { $phone } ose të vijë këtu: { $address }. Një njeri këtu e sheh që prisni një takim.
booking-topic = Për çfarë dëshironi të flisni?
booking-topic-work = 💼 Punë
booking-topic-papers = 📄 Letër a formular
booking-topic-money = 💶 Para dhe borxhe
booking-topic-family = 👶 Fëmijë, familje
booking-topic-school = 📚 Shkollë, gjuhë
# Neutral public names of sensitive topics: no word here may say what they are about.
booking-topic-lipa = 🌳 Lipa
booking-topic-breza = 🌿 Breza
booking-topic-other = 💬 Bisedë
booking-mode = Si dëshironi të flisni?
booking-mode-person = 🏠 Këtu, në zyrë
booking-mode-phone = 📞 Me telefon
booking-mode-video = 💻 Me video
booking-language = Cilën gjuhë të flasë këshilltarja?
booking-language-any = Çdo gjuhë
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
booking-slot = { DAY($at) }. Zgjidhni orën.
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
    A është mirë?
booking-yes = ✅ Po, caktoje
booking-yes-move = ✅ Po, ndryshoje
booking-other-time = Orë tjetër
booking-other-day = Ditë tjetër
booking-other-mode = Mënyrë tjetër
booking-other-topic = Temë tjetër
booking-any-language = Çdo gjuhë
booking-keep = Le të mbetet
booking-done = ✅ Takimi është juaji.
booking-moved = ✅ Takimi u ndryshua.
booking-mine = Këtë takim e keni tashmë.
booking-web-note = Kjo faqe nuk mund t'ju kujtojë. Vazhdoni në Telegram ose shkruani: { DATE($at) }, kodi { $code }.
booking-list = 🗓 Takimet e mia
booking-menu = 🏠 Menyja
booking-slot-gone = Kjo orë nuk është më e lirë: { DATE($at) }. Zgjidhni një orë tjetër.
booking-clash = Atëherë keni një takim tjetër: { DATE($at) }. Zgjidhni një orë tjetër.
booking-too-many = { $count ->
    [one] Keni tashmë { $count } takim. Më shumë njëherësh nuk mund të japim. Mund ta ndryshoni ose ta anuloni.
   *[other] Keni tashmë { $count } takime. Më shumë njëherësh nuk mund të japim. Mund të ndryshoni ose të anuloni një.
  }
booking-over = Ky takim nuk është më i hapur. Këtu janë takimet tuaja.
booking-no-slots = Këtë ditë nuk ka më orë të lira. Zgjidhni një ditë tjetër.
booking-no-days = Këtu tani nuk ka orë të lira. Provoni ndryshe ose telefononi { $phone }.
booking-no-more-days = Nuk ka ditë më vonë. Shihni ditët e para.
booking-topic-over = Kjo tani nuk mund të zgjidhet. Provoni ndryshe ose telefononi { $phone }.
booking-no-topics = Tani nuk ka takime. Telefononi { $phone } ose zgjidhni 🙋 Një njeri.
