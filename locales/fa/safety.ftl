# Safety card and what follows it, Persian. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.
# Numbers and Latin words stand between the invisible signs U+2068 and U+2069, so that they read left to right.

safety-card =
    من یک کمک‌کننده خودکار هستم. نمی‌توانم به کسی زنگ بزنم.
    الان در خطر هستید؟ به ⁨112⁩ یا پلیس ⁨113⁩ زنگ بزنید.
    نمی‌توانید حرف بزنید؟ به ⁨112⁩ پیامک بفرستید.
    ⁨080 11 55⁩: خط زنان و کودکان قربانی خشونت. شب و روز، رایگان.
    ⁨116 123⁩: کسی برای حرف زدن. شب و روز، رایگان.
    تقصیر شما نیست.
safety-show =
    این را نشان دهید یا بلند بخوانید:
    ⁨Na pomoč. Govorim perzijsko. Moj naslov je …⁩
safety-person = یک نفر می‌خواهم
safety-more = شماره‌های بیشتر
safety-other = منظورم چیز دیگر بود
safety-numbers =
    ⁨080 12 00⁩: پلیس، بدون گفتن نام.
    ⁨116 111⁩: خط کودکان و جوانان.
    ⁨031 233 211⁩: مرکز بحران برای زنان و کودکان.
    ⁨112⁩: اورژانس، با پیامک هم. ⁨113⁩: پلیس.
safety-person-waiting = ثبت کردیم که شما به یک نفر نیاز دارید. یک نفر اینجا به شما می‌نویسد، اگر برای شما امن باشد. به { $phone } زنگ بزنید یا بیایید: { $desk }. ساعت کار: { $hours }. شب‌ها کسی این گفتگو را نمی‌خواند. در خطر به ⁨112⁩ زنگ بزنید.
safety-write = نوشتن به این تلفن امن است؟
safety-write-yes = بله، امن است
safety-write-some = فقط بعضی ساعت‌ها
safety-write-no = نه، ننویسید
safety-write-yes-done = ممنون. فقط وقتی لازم باشد می‌نویسیم.
safety-write-some-ask = چه وقت امن است؟
safety-hours-morning = ⁨8–12⁩
safety-hours-afternoon = ⁨12–16⁩
safety-hours-any = هر وقت
safety-write-some-done = ممنون. فقط در این وقت می‌نویسیم.
safety-write-no-done = باشد. ما به شما نمی‌نویسیم. هر وقت خواستید اینجا ⁨SOS⁩ بنویسید، یا بیایید: ⁨{ $desk }⁩.
safety-delete-chat = برای پاک کردن این گفتگو: انگشت را روی آن نگه دارید، بعد حذف.
safety-worry = این سخت است. ممنون که نوشتید. یک نفر می‌تواند با شما حرف بزند. در خطر به ⁨112⁩ زنگ بزنید.
safety-worry-person = یک نفر می‌خواهم
safety-worry-services = نشان دادن کمک
safety-youth = کمتر از ⁨18⁩ سال دارید؟ به ⁨116 111⁩ زنگ بزنید. این خط کودکان و جوانان است. آنها گوش می‌دهند.
