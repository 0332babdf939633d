# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
plain = { $text }
engine-back = ➡️ رجوع
engine-menu = 🏠 القائمة
engine-person = 🙋 شخص
engine-sos = 🆘 SOS
engine-language = 🌐 اللغة
engine-tap-over = هذا الزر من رسالة قديمة. الآن الصحيح هو:
engine-unclear = لم أجد هذا. الرجاء اختيار زر أو كتابة كلمة واحدة، مثلاً: دورة. يمكن لشخص أن يساعد أيضاً. في الخطر الرجاء كتابة ⁨SOS⁩.
engine-unclear-person = يمكن لشخص أن يساعدكم. الرجاء اختيار 🙋 شخص. في الخطر الرجاء كتابة ⁨SOS⁩.
engine-which = كتبتم: { $said }. عن أي سؤال هذا الجواب؟
engine-who = هنا معلومات عن دورات ولقاءات. المكان: { $place }. يكتب هنا مساعد آلي، ليس إنساناً.
engine-failed = عذراً. شيء ما لا يعمل. سننظر في ذلك. في الخطر الرجاء الاتصال على ⁨112⁩.
flood = هذه رسائل كثيرة مرة واحدة. الرجاء الانتظار دقيقة واحدة. في الخطر الرجاء كتابة ⁨SOS⁩ أو الاتصال على ⁨112⁩.
heard-location = لا أحتاج إلى مكانكم ولا أحفظه. الرجاء اختيار زر. في الخطر الرجاء الاتصال على ⁨112⁩.
heard-contact = لا أحفظ أرقام أشخاص آخرين. الرجاء اختيار زر.
heard-sticker = شكراً. الرجاء اختيار زر أو كتابة كلمة.
heard-unsupported = لا يمكنني فتح هذا. الرجاء كتابة كلمة أو اختيار زر. للكلام مع إنسان: 🙋 شخص.
