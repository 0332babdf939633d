# Safety card and what follows it, Urdu. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.
# Numbers and Latin words stand between the invisible signs U+2068 and U+2069, so that they read left to right.

safety-card =
    میں خودکار مددگار ہوں۔ میں کسی کو فون نہیں کر سکتا۔
    کیا آپ ابھی خطرے میں ہیں؟ ⁨112⁩ یا پولیس ⁨113⁩ کو فون کریں۔
    بول نہیں سکتے؟ ⁨112⁩ پر ⁨SMS⁩ بھیجیں۔
    ⁨080 11 55⁩: تشدد سہنے والی عورتوں اور بچوں کی لائن۔ دن رات، مفت۔
    ⁨116 123⁩: بات کرنے کے لیے کوئی۔ دن رات، مفت۔
    قصور آپ کا نہیں۔
safety-show =
    یہ دکھائیں یا اونچی آواز میں پڑھیں:
    ⁨Na pomoč. Govorim urdu. Moj naslov je …⁩
safety-person = کوئی شخص چاہیے
safety-more = مزید نمبر
safety-other = میرا مطلب کچھ اور
safety-numbers =
    ⁨080 12 00⁩: پولیس، نام بتائے بغیر۔
    ⁨116 111⁩: بچوں اور نوجوانوں کی لائن۔
    ⁨031 233 211⁩: عورتوں اور بچوں کا بحران مرکز۔
    ⁨112⁩: ہنگامی مدد، ⁨SMS⁩ سے بھی۔ ⁨113⁩: پولیس۔
safety-person-waiting = ہم نے لکھ لیا ہے کہ آپ کو کسی شخص کی ضرورت ہے۔ اگر آپ کے لیے محفوظ ہو تو کوئی شخص آپ کو یہاں لکھے گا۔ { $phone } پر فون کریں یا آئیں: { $desk }۔ اوقات: { $hours }۔ رات کو یہ چیٹ کوئی نہیں پڑھتا۔ خطرے میں ⁨112⁩ پر فون کریں۔
safety-write = کیا اس فون پر لکھنا محفوظ ہے؟
safety-write-yes = ہاں، محفوظ ہے
safety-write-some = صرف کچھ گھنٹے
safety-write-no = نہیں، نہ لکھیں
safety-write-yes-done = شکریہ۔ ہم صرف ضرورت پر لکھیں گے۔
safety-write-some-ask = کب محفوظ ہے؟
safety-hours-morning = ⁨8–12⁩
safety-hours-afternoon = ⁨12–16⁩
safety-hours-any = کسی بھی وقت
safety-write-some-done = شکریہ۔ ہم صرف اس وقت لکھیں گے۔
safety-write-no-done = ٹھیک ہے۔ ہم آپ کو نہیں لکھیں گے۔ آپ یہاں کسی بھی وقت ⁨SOS⁩ لکھ سکتے ہیں، یا آئیں: ⁨{ $desk }⁩۔
safety-delete-chat = یہ چیٹ مٹانے کے لیے: اسے دبا کر رکھیں، پھر ڈیلیٹ۔
safety-worry = یہ مشکل ہے۔ لکھنے کا شکریہ۔ ایک شخص آپ سے بات کر سکتا ہے۔ خطرے میں ⁨112⁩ کو فون کریں۔
safety-worry-person = کوئی شخص چاہیے
safety-worry-services = مدد دکھائیں
safety-youth = آپ کی عمر ⁨18⁩ سے کم ہے؟ ⁨116 111⁩ کو فون کریں۔ یہ بچوں اور نوجوانوں کی لائن ہے۔ وہ سنتے ہیں۔
