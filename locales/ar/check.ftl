# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
# a line without an Arabic letter begins with U+200F. Address: no gender, so nouns ("the choice of") or the plural of courtesy.
check-ask = الرجاء كتابة رقمين من رقمكم: الخانة { $first } والخانة { $second }. مثلاً: ⁨3 8⁩
