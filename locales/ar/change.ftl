# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
change-booked =
    سُجّل: { DAY($at) }
    الساعة: { TIME($at) }
change-moved =
    الوقت الجديد: { DAY($at) }
    الساعة: { TIME($at) }
    نعتذر عن التغيير.
change-cancelled =
    تغيير: { DAY($at) }
    الساعة { TIME($at) } غير ممكنة. نعتذر. الرجاء اختيار وقت جديد:
change-cancelled-none =
    تغيير: { DAY($at) }
    الساعة { TIME($at) } غير ممكنة. نعتذر. سنجد معاً وقتاً جديداً.
change-at = { WHEN($at) }
change-other = أوقات أخرى
change-person = 🙋 شخص
change-replaced = لكم وقت جديد: { DATE($at) }.
change-over = هذا تغيّر أو انتهى. يمكن النظر فيما عندكم.
change-appointments = مواعيدي
