# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
# No threat, no score, no blame: tests/flows/test_missed.py holds the words that may not stand here.
missed-today =
    افتقدناكم اليوم. 🙂
    لا بأس. ماذا تريدون؟
missed-on =
    افتقدناكم. اليوم: { WEEKDAY($at) }. 🙂
    لا بأس. ماذا تريدون؟
missed-before =
    افتقدناكم. 🙂
    لا بأس. ماذا تريدون؟
missed-again = موعد جديد
missed-time = الوقت لم يناسبني
missed-contact = كلام مع شخص
missed-needless = لم أعد أحتاج
missed-needless-done = حسناً. يمكنكم الكتابة إلينا في أي وقت.
missed-hard =
    افتقدناكم. 🙂
    ما الذي يجعل الحضور صعباً؟ الجواب ليس واجباً.
missed-hard-children = الأطفال
missed-hard-money = المواصلات أو المال
missed-hard-work = العمل
missed-hard-health = الصحة
missed-hard-unclear = لم يكن واضحاً
missed-hard-none = لا أريد القول
missed-noted = شكراً. ربما يمكننا معاً تغيير شيء ليكون أسهل.
missed-noted-time = شكراً. يمكننا إيجاد وقت يناسبكم.
missed-noted-none = حسناً. أهلاً بكم عندنا.
