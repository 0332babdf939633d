# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
# The page and the file of a member's own data.
mine-title = ملفكم
mine-about = هنا كل ما نحفظه، في ملف واحد. الرابط يعمل مرة واحدة. من عنده الملف يمكنه قراءته.
mine-get = تنزيل الملف
mine-over = انتهى هذا الرابط. يعمل مرة واحدة، ساعة واحدة. يمكن طلب رابط جديد.
mine-made = ماذا نحفظ عنكم. وقت الإنشاء: { DATE($at) }
mine-at = { DATE($at) }
mine-yes = نعم
mine-no = لا
mine-section = { $name ->
        [member] عنكم
        [desk] عند المكتب
        [agreements] كيف يمكننا الكتابة إليكم
        [addresses] من أين تكتبون
        [chats] محادثاتكم
        [consents] على ماذا وافقتم
        [appointments] المواعيد
        [changes] ما غيّره الموظفون في مواعيدكم
        [messages] الرسائل
        [files] الملفات
        [notes] ملاحظات الموظفين
        [tasks] مهام الموظفين
        [reminders] التذكير
        [refusals] موظفون لا تريدونهم
       *[other] { $name }
    } ({ $count })
mine-field = { $name ->
        [language] اللغة
        [age_band] العمر
        [shared_phone] من يستعمل الهاتف
        [write_when] متى يمكننا الكتابة
        [stopped_at] ⁨STOP⁩ منذ
        [keeps_reminders] تذكير رغم ⁨STOP⁩
        [do_not_write] لا نكتب إلى هذا الهاتف
        [danger_at] آخر رسالة عن خطر
        [created_at] وقت الإنشاء
        [first_name] الاسم الأول
        [opened_at] فُتح في
        [channel] أين يمكننا الكتابة
        [phone] هاتفكم
        [agreed_at] اتُّفق في
        [account] القناة
        [external_id] اسمكم في القناة
        [reachable] يمكن الوصول
        [owner] من عنده المحادثة
        [waiting_reason] سبب الانتظار
        [waiting_since] انتظار منذ
        [urgent] عاجل
        [for_language] انتظار لغة
        [last_in_at] آخر مرة كتبتم
        [closed_at] مغلق
        [at] متى
        [purpose] لماذا
        [given] قلتم نعم
        [wording] نسخة النص
        [how] كيف قلتم
        [knows] كنتم تعرفون ذلك
        [starts_at] البداية
        [ends_at] النهاية
        [topic] الموضوع
        [mode] الطريقة
        [state] الحالة
        [code] الرمز
        [confirmed_at] أكدتم
        [moved_at] غيّرتم
        [outgoing] كتبنا نحن
        [kind] النوع
        [text] النص
        [sent_at] أُرسل
        [name] اسم الملف
        [content_type] نوع الملف
        [size] الحجم
        [expires_at] يختفي
        [kept_at] محفوظ منذ
        [kept_reason] لماذا نحفظه
        [sensitive] حساس
        [due_at] آخر موعد
        [done_at] أُنجز
        [note] ملاحظة
        [decision] القرار
        [reason] السبب
       *[other] { $name }
    }
