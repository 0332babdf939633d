# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
contact-shared = هل يستعمل شخص آخر هذا الهاتف؟
contact-shared-only-me = أنا فقط
contact-shared-sometimes = أحياناً
contact-shared-often = كثيراً
contact-when = متى يمكننا الكتابة إليكم؟
contact-when-morning = من 8 إلى 12
contact-when-afternoon = من 12 إلى 16
contact-when-any = كل النهار، لا ليلاً
contact-when-never = أبداً، أنا أكتب
contact-done = { $when ->
    [never] حسناً. نكتب فقط عندما تكتبون أولاً. الرجاء تسجيل الموعد عندكم.
   *[other] حسناً. رسائلنا قصيرة. لا تقول لماذا نكتب.
  }
contact-ok = حسناً
# Says nothing of who else reads here or why we are silent: whoever holds the phone may read it.
contact-settings =
    كيف نكتب إليكم:
    { $news ->
        [locked] نكتب فقط عندما تكتبون أولاً.
        [stopped] قلتم ⁨STOP⁩. نكتب فقط عندما تكتبون أولاً.
        [kept] قلتم ⁨STOP⁩. نذكّركم بالمواعيد فقط.
       *[on] { $when ->
            [morning] نكتب قبل الظهر، ⁨8–12⁩.
            [afternoon] نكتب بعد الظهر، ⁨12–16⁩.
            [never] نكتب فقط عندما تكتبون أولاً.
           *[any] نكتب كل النهار، لا في الليل.
        }
    }
contact-change-when = متى تكتبون إليّ
contact-change-shared = هاتف مشترك
contact-start = يمكنكم الكتابة
contact-stop = توقفوا عن الكتابة
