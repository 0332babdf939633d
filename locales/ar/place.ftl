# Draft: needs a native reader. Status: docs/translations.md. Numbers and Latin words stand between U+2068 and U+2069, labels without them;
place-ask = أي نقطة معلومات قريبة منكم؟
place-choice = { $place }
place-more = ◀️ المزيد
place-done = نقطة المعلومات لكم: { $site }. العنوان: { $address }.
place-open = 📍 نقطة المعلومات
