# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
clean-app = لحذف هذه المحادثة: في قائمة المحادثات ضغطة طويلة عليها. ثم اختيار «حذف». لا يمكنني حذفها من هاتفكم.
clean-page = لحذف هذه المحادثة من هنا: في هذه الصفحة اختيار «{ page-forget }». قائمة الصفحات التي فُتحت تبقى في المتصفح.
clean-here = عندما نكتب نحن أولاً، نستعمل كلمات عادية فقط. لحذف البيانات عندنا أيضاً، الرجاء كتابة: احذفوني
clean-ok = حسناً
