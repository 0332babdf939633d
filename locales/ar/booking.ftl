# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
booking-age = كم العمر؟
booking-age-under15 = أقل من 15
booking-age-15to17 = 15–17
booking-age-adult = 18 أو أكثر
booking-youth = لكم هنا رياضة ودورات ومساعدة في المدرسة. الموعد يطلبه شخص بالغ مسؤول عنكم (وصي أو سكن). خط الأطفال والشباب: ⁨116 111⁩، مجاناً.
booking-youth-activities = 🔎 أنشطة
booking-youth-guardian = 📅 أريد موعداً
booking-guardian = سجّلنا أنكم تنتظرون موعداً. الشخص البالغ المسؤول عنكم (وصي أو سكن) يمكنه الاتصال على { $phone } أو الحضور إلى: { $address }.
booking-topic = عن أي شيء تريدون الكلام؟
booking-topic-work = 💼 العمل
booking-topic-papers = 📄 رسالة أو استمارة
booking-topic-money = 💶 المال والديون
booking-topic-family = 👶 الأطفال والعائلة
booking-topic-school = 📚 المدرسة واللغة
# Neutral public names of sensitive topics: no word here may say what they are about.
booking-topic-lipa = 🌳 Lipa
booking-topic-breza = 🌿 Breza
booking-topic-javor = 🍁 Javor
booking-topic-hrast = 🌰 Hrast
booking-topic-bor = 🌲 Bor
booking-topic-jelka = 🍃 Jelka
booking-topic-other = 💬 شيء آخر
booking-mode = كيف تريدون الكلام؟
booking-mode-person = 🏠 أحضر إليكم
booking-mode-phone = 📞 بالهاتف
booking-mode-video = 💻 مكالمة فيديو
booking-language = بأي لغة تريدون الكلام؟
booking-language-any = أي لغة
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
booking-day = الرجاء اختيار يوم.
booking-day-at = { SHORTDAY($at) }
booking-more-days = أيام بعد ذلك
booking-first-days = الأيام الأولى
booking-slot = الرجاء اختيار الساعة. اليوم: { DAY($at) }.
booking-slot-at = { TIME($at) }
booking-more = المزيد
booking-first = إلى أول صفحة
booking-confirm =
    ‏📅 { DATE($at) }
    ‏{ $topic }، { $mode ->
        [phone] بالهاتف
        [video] مكالمة فيديو
       *[person] عندنا
    }
    هل هذا صحيح؟
booking-yes = ✅ نعم، هذا الموعد
booking-yes-move = ✅ نعم، تغيير
booking-other-time = ساعة أخرى
booking-other-day = يوم آخر
booking-other-mode = طريقة أخرى
booking-other-topic = موضوع آخر
booking-any-language = أي لغة كانت
booking-keep = يبقى كما هو
booking-done = ✅ الموعد لكم.
booking-moved = ✅ تم تغيير الموعد.
booking-mine = هذا الموعد لكم من قبل.
booking-web-note = من هنا لا يمكننا التذكير بالموعد. الرجاء كتابته: { DATE($at) }، الرمز { $code }. أو الكتابة إلينا على ⁨Telegram⁩.
booking-web-only = من هنا لا يمكننا التذكير بالموعد. الرجاء كتابته: { DATE($at) }، الرمز { $code }.
booking-list = 🗓 مواعيدي
booking-menu = 🏠 القائمة
booking-slot-gone = هذه الساعة لم تعد متاحة: { DATE($at) }. الرجاء اختيار ساعة أخرى.
booking-clash = في هذا الوقت لكم موعد: { DATE($at) }. الرجاء اختيار ساعة أخرى.
booking-too-many = { $count ->
    [zero] لا مواعيد لكم.
    [one] لكم موعد واحد. الآن لا يمكن أكثر. يمكن تغييره أو إلغاؤه.
    [two] لكم موعدان. الآن لا يمكن أكثر. يمكن تغيير واحد أو إلغاؤه.
    [few] لكم { $count } مواعيد. الآن لا يمكن أكثر. يمكن تغيير واحد أو إلغاؤه.
    [many] لكم { $count } موعداً. الآن لا يمكن أكثر. يمكن تغيير واحد أو إلغاؤه.
   *[other] لكم { $count } موعد. الآن لا يمكن أكثر. يمكن تغيير واحد أو إلغاؤه.
  }
booking-over = هذا الموعد لم يعد صالحاً. هذه هي مواعيدكم.
booking-no-slots = في هذا اليوم لا توجد ساعة متاحة. الرجاء اختيار يوم آخر.
booking-no-days = لا توجد مواعيد متاحة الآن. الرجاء اختيار شيء آخر أو الاتصال على { $phone }.
booking-no-more-days = لا توجد أيام بعد ذلك. الرجاء اختيار الأيام الأولى.
booking-topic-over = هذا غير متاح الآن. الرجاء اختيار شيء آخر أو الاتصال على { $phone }.
booking-no-topics = لا توجد مواعيد الآن. الرجاء الاتصال على { $phone } أو اختيار 🙋 شخص.
