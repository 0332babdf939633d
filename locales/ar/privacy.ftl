# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
privacy-short = أساعد في إيجاد دورات ومواعيد. أحفظ فقط ما أحتاج إليه. في الخطر يمكن دائماً كتابة ⁨SOS⁩. هل توافقون؟
privacy-ok = ✅ أوافق
privacy-more = 🔎 المزيد عن ذلك
privacy-no = ❌ لا
privacy-long = الرسائل تمر عبر ⁨Telegram⁩. من يحمل هاتفكم يمكنه قراءتها. الرجاء عدم إرسال جواز سفر أو بطاقة هوية. نحفظ اللغة ورسائلكم والمواعيد. بعد كتابة ⁨STOP⁩ نكتب فقط عندما تكتبون أولاً.
privacy-long-web = تتذكركم الصفحة في هذا المتصفح فقط. من يحمل هاتفكم يمكنه القراءة. الرجاء عدم كتابة أرقام وثائق. نحفظ اللغة ورسائلكم والمواعيد. زر «نسيان المحادثة» يفتح محادثة جديدة. لحذف كل شيء الرجاء كتابة: احذفوني
privacy-refused = حسناً. نساعد أيضاً بدون هذه المحادثة. الاتصال على { $phone } أو الحضور إلى: { $address }.
