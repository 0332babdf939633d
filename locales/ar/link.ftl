# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
link-open = 🔗 محادثة أخرى
link = هل تكتبون إلينا من هاتف آخر أو صفحة أخرى أيضاً؟ يمكن جمع المحادثتين.
link-show = عرض الرمز
link-have = عندي رمز
link-code = { $code }
link-shown = الرمز في الأعلى. في المحادثة الأخرى الرجاء اختيار: كيف تكتبون إليّ، محادثة أخرى، عندي رمز. ثم كتابة الرمز هناك. يعمل ⁨10⁩ دقائق ومرة واحدة فقط. الرجاء عدم عرضه على أحد.
link-ok = حسناً
link-enter = الرجاء كتابة الرمز من المحادثة الأخرى.
link-leave = ليس عندي رمز
link-wrong = هذا الرمز لا يعمل. الرجاء النظر إلى الرمز في المحادثة الأخرى أو اختيار رمز جديد.
link-wait = كانت هناك محاولات كثيرة. الرجاء المحاولة بعد ساعة.
link-join = تصبح المحادثتان واحدة. المواعيد والبيانات من هنا تذهب إلى المحادثة الأخرى. من يقرأ أحد الهاتفين يراها. إذا قلتم في مكان ما ألا نكتب، فهذا للمحادثتين. هل تريدون ذلك؟
link-yes = نعم، جمعهما
link-no = لا
link-apart = لم نغيّر شيئاً.
link-done = تم. المحادثتان الآن واحدة. مواعيدكم في كلتيهما.
