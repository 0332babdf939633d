# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
quick-hello = أهلاً. أنا إنسان، ولست مساعداً آلياً. كيف يمكنني المساعدة؟
quick-moment = لحظة من فضلكم. أبحث عن الجواب.
quick-more = الرجاء كتابة المزيد. ماذا تحتاجون؟
quick-come-today = يمكنكم الحضور إلينا: { $address }. الدوام: { $hours }.
quick-call-us = يمكنكم الاتصال بنا: { $phone }.
quick-call-you = هل يمكنني الاتصال بكم؟ متى يناسبكم؟
quick-when-can-you = أي يوم وأي ساعة يناسبكم؟
quick-need-paper = الرجاء إحضار الورقة معكم. سنقرؤها معاً.
quick-interpreter = هل تريدون شخصاً يتكلم لغتكم؟
quick-not-here = هذا لا يمكن إنجازه هنا. سنجد شخصاً يمكنه المساعدة.
quick-anything-else = هل تحتاجون شيئاً آخر؟
quick-bye-bot = أنهي المحادثة الآن. بعدها يجيبكم المساعد الآلي من جديد. للكلام مع إنسان الرجاء كتابة: شخص
