# Safety card and what follows it, Arabic. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.
# Numbers and Latin words stand between the invisible signs U+2068 and U+2069, so that they read left to right.

safety-card =
    أنا مساعد آلي. لا يمكنني الاتصال بأحد.
    هل هناك خطر الآن؟ رقم الطوارئ ⁨112⁩ أو الشرطة ⁨113⁩.
    لا يمكن الكلام؟ رسالة ⁨SMS⁩ إلى ⁨112⁩.
    ⁨080 11 55⁩: خط للنساء والأطفال ضحايا العنف. ليلاً ونهاراً، مجاناً.
    ⁨116 123⁩: شخص للتحدث معه. ليلاً ونهاراً، مجاناً.
    الذنب ليس ذنبك.
safety-show =
    للعرض أو القراءة بصوت عالٍ:
    ⁨Na pomoč. Govorim arabsko. Moj naslov je …⁩
safety-person = أريد شخصاً
safety-more = أرقام أخرى
safety-other = قصدت شيئاً آخر
safety-numbers =
    ⁨080 12 00⁩: الشرطة، دون ذكر الاسم.
    ⁨116 111⁩: خط للأطفال والشباب.
    ⁨031 233 211⁩: مركز أزمات للنساء والأطفال.
    ⁨112⁩: الطوارئ، أيضاً برسالة ⁨SMS⁩. ⁨113⁩: الشرطة.
safety-person-waiting = سجّلنا أنكم بحاجة إلى شخص. سيكتب لكم شخص هنا، إذا كان ذلك آمنًا لكم. اتصلوا على { $phone } أو تعالوا إلى: { $desk }. الدوام: { $hours }. في الليل لا يقرأ أحد هذه المحادثة. في الخطر اتصلوا على ⁨112⁩.
safety-write = هل الكتابة إلى هذا الهاتف آمنة؟
safety-write-yes = نعم، آمنة
safety-write-some = في بعض الساعات
safety-write-no = لا، لا تكتبوا
safety-write-yes-done = شكراً. سنكتب عند الحاجة فقط.
safety-write-some-ask = متى تكون آمنة؟
safety-hours-morning = ⁨8–12⁩
safety-hours-afternoon = ⁨12–16⁩
safety-hours-any = في أي وقت
safety-write-some-done = شكراً. سنكتب في هذا الوقت فقط.
safety-write-no-done = حسناً. لن نكتب لكم. يمكن كتابة ⁨SOS⁩ هنا في أي وقت، أو الحضور إلى ⁨{ $desk }⁩.
safety-delete-chat = لحذف هذه المحادثة: ضغطة طويلة عليها ثم حذف.
safety-worry = هذا صعب. شكراً على الكتابة. يمكن لشخص أن يتحدث معكم. عند الخطر رقم الطوارئ ⁨112⁩.
safety-worry-person = أريد شخصاً
safety-worry-services = عرض المساعدة
safety-youth = العمر أقل من ⁨18⁩ سنة؟ الرقم ⁨116 111⁩ خط للأطفال والشباب. هناك من يستمع.
