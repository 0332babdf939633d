# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
handover-menu = 🏠 القائمة
handover-person-has = يجيبكم هنا: { $name }. يمكن أيضاً الاتصال على { $phone } أو الحضور إلى: { $address }. في الخطر الرجاء الاتصال على ⁨112⁩.
handover-person-now = سيكتب لكم شخص هنا، عادة خلال { $minutes } دقيقة. الدوام اليوم حتى { TIME($until) }. يمكن أيضاً الاتصال على { $phone } أو الحضور إلى: { $address }. في الخطر الرجاء الاتصال على ⁨112⁩.
handover-person-duty = شخص يقرأ الآن هذه المحادثة وسيكتب لكم هنا. المكتب ({ $address }) مغلق. في الخطر الرجاء الاتصال على ⁨112⁩.
handover-person-nobody = سجّلنا أنكم تريدون الكلام مع شخص. الآن لا أحد يجيب هنا. الرجاء الاتصال على { $phone } أو الحضور إلى: { $address }، اليوم حتى { TIME($until) }.
handover-person-later = سجّلنا أنكم تريدون الكلام مع شخص. الآن لا أحد يقرأ الرسائل. نقرؤها من: { DATE($opens) }. في وقت الدوام يمكن أيضاً الاتصال على { $phone } أو الحضور إلى: { $address }.
handover-person-closed = سجّلنا أنكم تريدون الكلام مع شخص. الآن المكتب مغلق ولا أحد يقرأ الرسائل. عندما نفتح، الرجاء الاتصال على { $phone }.
handover-lines =
    ليلاً ونهاراً:
    ⁨112⁩: الطوارئ. ⁨113⁩: الشرطة.
    ⁨080 11 55⁩: مساعدة عند العنف، للنساء والأطفال.
    ⁨116 123⁩: شخص للتحدث معه في وقت صعب.
handover-notthis = ليس هذا الشخص
handover-notthis-about = موعدكم مع: { $name }.
handover-notthis-done = حسناً. سجّلنا ذلك. سيتكلم معكم شخص آخر.
handover-taken = الآن يجيبكم هنا: { $name }. هذا إنسان، ليس مساعداً آلياً.
handover-has = يجيبكم هنا ويقرأ ما تكتبون: { $name }.
handover-returned = الآن يجيبكم المساعد الآلي من جديد. آخر مرة كنتم هنا:
handover-waiting = سيكتب لكم هنا شخص آخر.
handover-closed = انتهت هذه المحادثة. شكراً. الآن يجيب المساعد الآلي من جديد. للكلام مع إنسان الرجاء كتابة: شخص
handover-stop = حسناً. لن نرسل أخباراً أو تذكيراً. يمكن لشخص أن يجيبكم هنا. للرجوع عن ذلك الرجاء كتابة: ⁨start⁩
