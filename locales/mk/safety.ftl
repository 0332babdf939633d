# Safety card and what follows it, Macedonian. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Јас сум автоматски помошник. Не можам никого да повикам.
    Дали сте сега во опасност? Јавете се на 112 или полиција 113.
    Не можете да зборувате? Пратете СМС на 112.
    080 11 55: СОС-телефон за жени и деца, жртви на насилство. Ден и ноќ, бесплатно.
    116 123: разговор во тешки моменти. Ден и ноќ, бесплатно.
    Не сте вие виновни.
safety-show =
    Покажете или прочитајте го ова:
    Na pomoč. Govorim makedonsko. Moj naslov je …
safety-person = Сакам човек
safety-more = Повеќе броеви
safety-other = Нешто друго
safety-numbers =
    080 12 00: полиција, анонимно.
    116 111: телефон за деца и млади.
    031 233 211: кризен центар за жени и деца.
    112: итна помош, и со СМС. 113: полиција.
safety-person-waiting = Запишавме дека ви треба човек. Човек ќе ви пише тука, ако тоа е безбедно за вас. Јавете се на { $phone } или дојдете: { $desk }. Отворено: { $hours }. Ноќе никој не го чита овој разговор. Во опасност јавете се на 112.
safety-write = Дали е безбедно да пишуваме на овој телефон?
safety-write-yes = Да, безбедно е
safety-write-some = Само некои часови
safety-write-no = Не, не пишувајте
safety-write-yes-done = Фала. Ќе пишуваме само кога треба.
safety-write-some-ask = Кога е безбедно?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = Во секое време
safety-write-some-done = Фала. Ќе пишуваме само во тоа време.
safety-write-no-done = Добро. Нема да ви пишуваме. Тука секогаш можете да напишете СОС, или дојдете: { $desk }.
safety-delete-chat = За бришење на разговорот: држете го долго, па Избриши.
safety-worry = Ова е тешко. Фала што напишавте. Човек може да зборува со вас. Во опасност јавете се на 112.
safety-worry-person = Сакам човек
safety-worry-services = Покажи помош
safety-youth = Имате помалку од 18 години? Јавете се на 116 111. Тоа е телефон за деца и млади. Таму ќе ве слушнат.
