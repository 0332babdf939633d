# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
reminder =
    تذكير: { DAY($at) }
    الساعة: { TIME($at) }
# After the time, and never where discreet words were agreed.
reminder-room = ‏🚪 { $room }
reminder-come = سأحضر
reminder-move = تغيير
reminder-cancel = إلغاء
reminder-details = المزيد
reminder-thanks = شكراً. سجّلنا ذلك.
reminder-thanks-details = المزيد
reminder-moved = تغيّر الوقت. الوقت الجديد:
reminder-cancelled =
    هذا الوقت ملغى.
    يمكن اختيار وقت آخر.
reminder-past =
    هذا الوقت انتهى.
    يمكن اختيار وقت آخر.
reminder-gone =
    لا يوجد شيء هنا الآن.
    يمكن النظر فيما عندكم.
reminder-appointments = مواعيدي
reminder-goon = هل تريدون المتابعة؟
reminder-goon-yes = نعم
reminder-goon-no = لا
reminder-discreet = يوم سعيد. هنا شيء لكم.
