# Safety card and what follows it, Dari. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.
# Numbers and Latin words stand between the invisible signs U+2068 and U+2069, so that they read left to right.

safety-card =
    من یک کمک‌کننده خودکار هستم. به کسی زنگ زده نمی‌توانم.
    حالا در خطر هستید؟ به ⁨112⁩ یا پولیس ⁨113⁩ زنگ بزنید.
    گپ زده نمی‌توانید؟ به ⁨112⁩ پیام (⁨SMS⁩) روان کنید.
    ⁨080 11 55⁩: خط زنان و اطفال قربانی خشونت. شب و روز، رایگان.
    ⁨116 123⁩: کسی برای گپ زدن. شب و روز، رایگان.
    گناه شما نیست.
safety-show =
    این را نشان بدهید یا بلند بخوانید:
    ⁨Na pomoč. Govorim dari (perzijsko). Moj naslov je …⁩
safety-person = یک نفر می‌خواهم
safety-more = شماره‌های دیگر
safety-other = منظورم چیز دیگر بود
safety-numbers =
    ⁨080 12 00⁩: پولیس، بدون گفتن نام.
    ⁨116 111⁩: خط اطفال و جوانان.
    ⁨031 233 211⁩: مرکز بحران برای زنان و اطفال.
    ⁨112⁩: عاجل، با ⁨SMS⁩ هم. ⁨113⁩: پولیس.
safety-person-waiting = ثبت کردیم که شما به یک نفر ضرورت دارید. یک نفر اینجا به شما نوشته می‌کند، اگر برای شما امن باشد. به { $phone } زنگ بزنید یا بیایید: { $desk }. وقت کار: { $hours }. شب کسی این گفتگو را نمی‌خواند. در خطر به ⁨112⁩ زنگ بزنید.
safety-write = نوشتن به این تلفون امن است؟
safety-write-yes = بلی، امن است
safety-write-some = تنها بعضی ساعت‌ها
safety-write-no = نه، ننویسید
safety-write-yes-done = تشکر. تنها وقتی لازم باشد می‌نویسیم.
safety-write-some-ask = چه وقت امن است؟
safety-hours-morning = ⁨8–12⁩
safety-hours-afternoon = ⁨12–16⁩
safety-hours-any = هر وقت
safety-write-some-done = تشکر. تنها در این وقت می‌نویسیم.
safety-write-no-done = درست است. ما به شما نمی‌نویسیم. هر وقت خواستید اینجا ⁨SOS⁩ بنویسید، یا بیایید: ⁨{ $desk }⁩.
safety-delete-chat = برای پاک کردن این گفتگو: انگشت را رویش نگه دارید، بعد حذف.
safety-worry = این سخت است. تشکر که نوشتید. یک نفر با شما گپ زده می‌تواند. در خطر به ⁨112⁩ زنگ بزنید.
safety-worry-person = یک نفر می‌خواهم
safety-worry-services = نشان دادن کمک
safety-youth = کمتر از ⁨18⁩ سال دارید؟ به ⁨116 111⁩ زنگ بزنید. این خط اطفال و جوانان است. آنها گوش می‌کنند.
