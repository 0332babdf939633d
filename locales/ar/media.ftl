# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
media-passed = سيصل هذا إلى شخص.
media-missing = هذا ليس عندنا. الرجاء إرساله مرة أخرى أو عرضه في المكتب.
media-too-big = هذا كبير جداً لنا. الرجاء إرسال ملف أصغر أو تسجيل أقصر. يمكن أيضاً عرضه في المكتب.
media-wrong-kind = لا يمكننا فتح ملف كهذا. الرجاء إرسال صورة أو رسالة صوتية أو ⁨PDF⁩. يمكن أيضاً عرضه في المكتب.
media-not-here = هذا لم يصل إلينا. الرجاء إرساله مرة أخرى أو عرضه في المكتب.
media-empty = لا يوجد ملف. الرجاء اختياره أولاً.
media-too-many = وصلت ملفات كثيرة. الرجاء المحاولة لاحقاً أو عرضها في المكتب.
media-full = الآن لا يمكننا استلام ملفات. الرجاء المحاولة لاحقاً أو عرضها في المكتب.
media-more = صورة، صوت، ملف
media-choose = الرجاء اختيار صورة أو رسالة صوتية أو ⁨PDF⁩. الحد { $mb } ⁨MB⁩.
media-send = إرسال الملف
media-sent-voice = 🎤 صوت
media-sent-picture = 🖼 صورة
media-sent-file = 📎 ملف
