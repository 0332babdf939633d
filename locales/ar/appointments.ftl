# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
appointments-none = لا توجد مواعيد لكم.
appointments-list = { $count ->
    [zero] لا توجد مواعيد لكم.
    [one] لكم موعد واحد. الرجاء اختياره.
    [two] لكم موعدان. الرجاء اختيار واحد.
    [few] لكم { $count } مواعيد. الرجاء اختيار واحد.
    [many] لكم { $count } موعداً. الرجاء اختيار واحد.
   *[other] لكم { $count } موعد. الرجاء اختيار واحد.
  }
appointments-at = { WHEN($at) }
appointments-book = 📅 موعد جديد
appointments-facts =
    ‏📅 { DATE($at) }
    ‏{ $topic }
    مع: { $who }
    { $mode ->
        [phone] بالهاتف: في هذا الوقت الرجاء الاتصال على { $phone }.
        [video] مكالمة فيديو: قبل ذلك الرجاء الاتصال على { $phone } للحصول على الرابط.
       *[person] المكان: { $address }
    }
    الرمز: { $code }
    { $coming ->
        [yes] الموعد ثابت.
       *[no] لا يمكن الحضور؟ الرجاء إخبارنا.
    }
appointments-room =
    ‏🚪 { $room }{ $steps ->
        [no] ، بدون درجات
       *[yes] { "" }
    }
appointments-come = ✅ سأحضر
appointments-move = 🔁 تغيير الموعد
appointments-cancel = ❌ إلغاء الموعد
appointments-coming = شكراً. الموعد ثابت.
appointments-cancel-ask =
    هل تريدون إلغاء هذا الموعد؟
    ‏📅 { DATE($at) }
appointments-cancel-yes = ❌ نعم، إلغاء
appointments-cancel-no = لا، يبقى الموعد
appointments-cancelled =
    الموعد ملغى: { DATE($at) }.
    هل تريدون موعداً جديداً؟
appointments-is-cancelled = هذا الموعد ملغى. هذه هي مواعيدكم.
appointments-past = هذا الموعد انتهى. هذه هي مواعيدكم.
appointments-unknown = هذا الموعد غير موجود. هذه هي مواعيدكم.
appointments-back = 🗓 مواعيدي
