# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
stop-done = حسناً. نكتب فقط عندما تكتبون أولاً.
stop-keep = هل يمكننا تذكيركم بمواعيدكم؟
stop-keep-yes = نعم
stop-keep-no = لا
stop-stopped = حسناً. نكتب فقط عندما تكتبون أولاً. يمكنكم الكتابة دائماً.
stop-kept = حسناً. نذكّركم بالمواعيد فقط.
stop-none = يمكننا الكتابة إليكم من جديد.
stop-started = حسناً. يمكننا الكتابة إليكم من جديد.
stop-ok = حسناً
stop-start = اكتبوا إليّ من جديد
stop-none-ok = حسناً
