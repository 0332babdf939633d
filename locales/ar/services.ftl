# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
services-topics = عن ماذا تبحثون؟ الرجاء الاختيار أو كتابة كلمة واحدة، مثلاً: روضة.
services-topics-more = ⬅️ مواضيع أخرى
services-topic = مساعدة
services-topic-learn = 📚 دورات ومدرسة
services-topic-work = 💼 عمل
services-topic-papers = 📄 رسائل واستمارات
services-topic-children = 👶 أطفال
services-topic-talk = 💬 كلام ودعم
services-topic-health = 🩺 صحة
services-topic-money = 💶 مال
services-topic-home = 🏠 سكن
services-topic-together = ☕ لقاءات
services-topic-phones = 📞 هواتف المساعدة
services-found = ‏🔎 وجدنا هذا:
services-none = لا يوجد شيء هنا الآن. الرجاء اختيار موضوع آخر أو 🙋 شخص.
services-more = ⬅️ المزيد
services-other = 📋 مواضيع أخرى

services-cards =
    ‏{ $title }

    ‏{ $cards }
services-name = ‏🔹 { $name }
services-eligibility = 👥 لمن: { $who }
services-hours = 🕘 الوقت: { $hours }
services-always = 🕘 كل يوم، وفي الليل أيضاً
services-languages = 🗣 اللغات: { $languages }
services-free = 💶 مجاناً
services-cost = 💶 السعر: { $amount } €
services-childcare-yes = 👶 رعاية الأطفال: نعم
services-childcare-no = 👶 رعاية الأطفال: لا
services-phone = 📞 الهاتف: { $phone }
services-place = 📍 المكان: { $place }
services-verified = ✅ تحققنا في: { ON($day) }
services-weekday = { $day ->
     [0] الاثنين
     [1] الثلاثاء
     [2] الأربعاء
     [3] الخميس
     [4] الجمعة
     [5] السبت
    *[6] الأحد
}
services-language = { $language ->
     [sl] السلوفينية
     [sq] الألبانية
     [en] الإنجليزية
     [bs] البوسنية
     [hr] الكرواتية
     [sr] الصربية
     [mk] المقدونية
     [es] الإسبانية
     [fr] الفرنسية
     [ar] العربية
     [fa] الفارسية
     [prs] الدرية
     [ps] البشتوية
     [ur] الأردية
    *[other] { $language }
}
