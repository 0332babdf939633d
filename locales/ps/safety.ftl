# Safety card and what follows it, Pashto. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.
# Numbers and Latin words stand between the invisible signs U+2068 and U+2069, so that they read left to right.

safety-card =
    زه اتومات مرستندوی یم. چا ته زنګ نه شم وهلی.
    اوس په خطر کې یاست؟ ⁨112⁩ یا پولیسو ⁨113⁩ ته زنګ ووهئ.
    خبرې نه شئ کولی؟ ⁨112⁩ ته پیغام (⁨SMS⁩) ولېږئ.
    ⁨080 11 55⁩: د تاوتریخوالي د قرباني ښځو او ماشومانو کرښه. شپه او ورځ، وړیا.
    ⁨116 123⁩: څوک چې خبرې ورسره وکړئ. شپه او ورځ، وړیا.
    دا ستاسو ګناه نه ده.
safety-show =
    دا وښایئ یا په لوړ غږ ولولئ:
    ⁨Na pomoč. Govorim paštu. Moj naslov je …⁩
safety-person = یو کس غواړم
safety-more = نورې شمېرې
safety-other = بل څه مې مطلب وو
safety-numbers =
    ⁨080 12 00⁩: پولیس، بې له نوم ویلو.
    ⁨116 111⁩: د ماشومانو او ځوانانو کرښه.
    ⁨031 233 211⁩: د ښځو او ماشومانو د بحران مرکز.
    ⁨112⁩: بېړنۍ مرسته، په ⁨SMS⁩ هم. ⁨113⁩: پولیس.
safety-person-waiting = موږ ولیکل چې تاسو یو کس ته اړتیا لرئ. یو کس به تاسو ته دلته ولیکي، که دا ستاسو لپاره خوندي وي. { $phone } ته زنګ ووهئ یا راشئ: { $desk }. پرانیستی: { $hours }. د شپې دا خبرې څوک نه لولي. په خطر کې ⁨112⁩ ته زنګ ووهئ.
safety-write = دې تلیفون ته لیکل خوندي دي؟
safety-write-yes = هو، خوندي دي
safety-write-some = یوازې ځینې ساعتونه
safety-write-no = نه، مه لیکئ
safety-write-yes-done = مننه. یوازې د اړتیا پر وخت به ولیکو.
safety-write-some-ask = کله خوندي دي؟
safety-hours-morning = ⁨8–12⁩
safety-hours-afternoon = ⁨12–16⁩
safety-hours-any = هر وخت
safety-write-some-done = مننه. یوازې په دې وخت کې به ولیکو.
safety-write-no-done = سمه ده. موږ به تاسو ته ونه لیکو. هر وخت دلته ⁨SOS⁩ لیکلی شئ، یا راشئ: ⁨{ $desk }⁩.
safety-delete-chat = د دې خبرو د پاکولو لپاره: ګوته پرې ونیسئ، بیا ړنګول.
safety-worry = دا سخته ده. مننه چې ومو لیکل. یو کس له تاسو سره خبرې کولی شي. په خطر کې ⁨112⁩ ته زنګ ووهئ.
safety-worry-person = یو کس غواړم
safety-worry-services = مرسته وښایه
safety-youth = له ⁨18⁩ کلونو کم یاست؟ ⁨116 111⁩ ته زنګ ووهئ. دا د ماشومانو او ځوانانو کرښه ده. هلته غوږ نیسي.
