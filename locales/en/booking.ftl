# Draft: needs a native reader. Status: docs/translations.md
booking-age = How old are you?
booking-age-under15 = Under 15
booking-age-15to17 = 15–17
booking-age-adult = 18 or more
booking-youth = For you there is sport, courses and help with school. For an appointment your guardian or the hostel helps. Free talk for young people: 116 111. A person can help too.
booking-youth-activities = 🔎 Activities
booking-youth-guardian = 📅 With an adult
booking-guardian = Your guardian or the hostel can call { $phone } or come here: { $address }. A person here already sees that you wait for an appointment.
booking-topic = What do you want to talk about?
booking-topic-work = 💼 Work
booking-topic-papers = 📄 Letter or form
booking-topic-money = 💶 Money and debts
booking-topic-family = 👶 Children, family
booking-topic-school = 📚 School, language
# Neutral public names of sensitive topics: no word here may say what they are about.
booking-topic-lipa = 🌳 Lipa
booking-topic-breza = 🌿 Breza
booking-topic-javor = 🍁 Javor
booking-topic-hrast = 🌰 Hrast
booking-topic-bor = 🌲 Bor
booking-topic-jelka = 🍃 Jelka
booking-topic-other = 💬 A talk
booking-mode = How do you want to talk?
booking-mode-person = 🏠 Here, in person
booking-mode-phone = 📞 By phone
booking-mode-video = 💻 By video
booking-language = Which language should the counsellor speak?
booking-language-any = Any language
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
booking-day = Choose a day.
booking-day-at = { SHORTDAY($at) }
booking-more-days = Later days
booking-first-days = First days
booking-slot = { DAY($at) }. Choose a time.
booking-slot-at = { TIME($at) }
booking-more = More
booking-first = From the start
booking-confirm =
    { DATE($at) }
    { $topic }, { $mode ->
        [phone] by phone
        [video] by video
       *[person] in person
    }.
    Is this right?
booking-yes = ✅ Yes, book it
booking-yes-move = ✅ Yes, move it
booking-other-time = Another time
booking-other-day = Another day
booking-other-mode = Another way
booking-other-topic = Another topic
booking-any-language = Any language
booking-keep = Keep it as it is
booking-done = ✅ The appointment is yours.
booking-moved = ✅ The appointment is moved.
booking-mine = You already have this appointment.
booking-web-note = This page cannot remind you. Continue on Telegram or note this: { DATE($at) }, code { $code }.
booking-web-only = This page cannot remind you. Note this: { DATE($at) }, code { $code }.
booking-list = 🗓 My appointments
booking-menu = 🏠 Menu
booking-slot-gone = This time is no longer free: { DATE($at) }. Choose another time.
booking-clash = You have another appointment then: { DATE($at) }. Choose another time.
booking-too-many = { $count ->
    [one] You already have { $count } appointment. We cannot give more at once. You can move or cancel one.
   *[other] You already have { $count } appointments. We cannot give more at once. You can move or cancel one.
  }
booking-over = This appointment is no longer open. Here are your appointments.
booking-no-slots = No free times are left on this day. Choose another day.
booking-no-days = There is no free time here now. Try another way or call { $phone }.
booking-no-more-days = There are no later days. Look at the first days.
booking-topic-over = This cannot be chosen now. Try another way or call { $phone }.
booking-no-topics = There are no appointments now. Call { $phone } or choose 🙋 Person.
