# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
mydata-open = 🗂 بياناتي
mydata =
    ماذا نحفظ عنكم:
    اللغة: { $tongue ->
        [sl] السلوفينية
        [sq] الألبانية
        [en] الإنجليزية
        [bs] البوسنية
        [hr] الكرواتية
        [sr] الصربية
        [sr-Cyrl] الصربية بالسيريلية
       *[ar] العربية
    }
    الرسائل: { $messages }
    المحادثات: { $chats }
    المواعيد القادمة: { $count }
mydata-times-1 = ‏{ DATE($at1) }
mydata-times-2 =
    ‏{ DATE($at1) }
    ‏{ DATE($at2) }
mydata-times-3 =
    ‏{ DATE($at1) }
    ‏{ DATE($at2) }
    ‏{ DATE($at3) }
mydata-said =
    { $privacy ->
        [yes] لهذه المحادثة قلتم: نعم.
        [no] قلتم ألا نحفظ المحادثة.
       *[unasked] لم تجيبوا بعد عن سؤال الخصوصية.
    }
    { $reminders ->
        [yes] للتذكير قلتم: نعم.
        [no] للتذكير قلتم: لا.
       *[unasked] لم نسألكم بعد عن التذكير.
    }
    { $news ->
        [locked] نكتب فقط عندما تكتبون أولاً.
        [stopped] قلتم ⁨STOP⁩. نكتب فقط عندما تكتبون أولاً.
        [kept] قلتم ⁨STOP⁩. نذكّركم بالمواعيد فقط.
       *[on] { $when ->
            [morning] نكتب قبل الظهر، ⁨8–12⁩.
            [afternoon] نكتب بعد الظهر، ⁨12–16⁩.
            [never] نكتب فقط عندما تكتبون أولاً.
           *[any] نكتب كل النهار، لا في الليل.
        }
    }
mydata-file = 📄 كل البيانات
mydata-delete = 🗑 احذفوني
mydata-desk = يمكن الحصول على كل شيء في ملف واحد. الرجاء الحضور وطلبه هنا: { $address }.
mydata-ways = يمكن الحصول على كل شيء في ملف واحد. الرجاء الحضور وطلبه هنا: { $address }. أو اختيار رابط. يعمل مرة واحدة فقط، ساعة واحدة.
mydata-link = 🔗 أريد الرابط
mydata-ok = حسناً
mydata-address = { $link }
mydata-link-sent = الرابط في الأعلى. من يفتحه يحصل على الملف.
mydata-erase = عند اختيار «حذف» نحذف ما نحفظه عنكم: المحادثة والإعدادات.{ $count ->
        [zero] { "" }
        [one] { " " }نلغي موعدكم.
        [two] { " " }نلغي موعديكم.
        [few] { " " }نلغي مواعيدكم.
        [many] { " " }نلغي مواعيدكم.
       *[other] { " " }نلغي مواعيدكم.
    } يبقى عدد الزيارات فقط، بلا بيانات عنكم. ما هو على الهاتف يبقى هناك.
mydata-erase-delete = 🗑 حذف
mydata-erase-keep = إبقاء
mydata-sure = هل نحذف كل شيء الآن؟ لا يمكن إرجاع المحذوف.
mydata-sure-yes = نعم، حذف كل شيء
mydata-sure-no = لا
mydata-kept = لم نغيّر شيئاً.
mydata-erased = تم. حذفنا هنا محادثتكم وإعداداتكم. الآن الرجاء حذف هذه المحادثة من الهاتف أيضاً.
