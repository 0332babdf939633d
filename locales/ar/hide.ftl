# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
hide-weather-text = ☀️ هذا الأسبوع يتغير الطقس كثيراً. الصباح قد يكون بارداً. خذوا معكم سترة.
hide-bus-text = 🚌 مواعيد الحافلات مكتوبة في الموقف. يوم الأحد الحافلات أقل. التذكرة تُشترى قبل الركوب.
hide-weather = ☀️ الطقس
hide-bus = 🚌 الحافلة
