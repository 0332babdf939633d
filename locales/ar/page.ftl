# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
# The words around the chat. The title says nothing about what the page is for.
page-title = Info
page-sos = SOS
page-exit = خروج سريع
page-send = إرسال
page-write = اكتبوا رسالة
page-you = أنتم:
page-helper = المساعد:
page-log = الرسائل
page-choices = الأزرار
page-old = أزرار قديمة
page-more = عن هذه الصفحة
page-shared = هل يستعمل شخص آخر هذا الهاتف؟ في النهاية الرجاء الضغط على «نسيان المحادثة». بعدها لا يمكن لأحد قراءتها هنا. ولا أنتم.
page-escape = «خروج سريع» يغلق المحادثة ويفتح الطقس. على الحاسوب يمكن الضغط مرتين على زر ⁨Esc⁩. قد يتذكر الهاتف الصفحة مع ذلك (سجل المتصفح).
page-forget = نسيان المحادثة
page-telegram = فتح في Telegram
page-open = فتح
page-back = رجوع
page-sending = جارٍ الإرسال …
page-offline = لا يوجد اتصال. الرجاء المحاولة مرة أخرى.
page-desk = يمكن أيضاً الاتصال بنا: { $phone }
page-help = في الخطر الرجاء الاتصال على:
page-help-112 = ⁨112⁩ – الطوارئ
page-help-113 = ⁨113⁩ – الشرطة
page-help-0801155 = ⁨080 11 55⁩ – العنف، ليلاً ونهاراً
page-help-116123 = ⁨116 123⁩ – كلام في وقت صعب
page-sos-now = مساعدة، الآن
page-limited = رسائل كثيرة مرة واحدة. الرجاء الانتظار قليلاً والمحاولة مرة أخرى.
page-busy = الصفحة لا تستطيع الجواب الآن. الرجاء المحاولة بعد قليل.
page-forbidden = لا يمكننا استلام هذا. الرجاء فتح الصفحة مرة أخرى.
page-stale = كانت الصفحة مفتوحة مدة طويلة. الرجاء الرجوع والمحاولة مرة أخرى.
page-cookie = المحادثة لا تعمل هنا. الرجاء السماح بملفات تعريف الارتباط في المتصفح. يمكن أيضاً الاتصال بنا.
page-missing = هذه الصفحة غير موجودة.
page-too-long = هذا طويل جداً. الرجاء كتابة أقصر.
page-wrong = هناك خطأ ما. الرجاء الرجوع والمحاولة مرة أخرى.
page-forgotten = تم. لا نحفظ عنكم هنا أي شيء بعد الآن.
