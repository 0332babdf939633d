# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
services-topics = Šta tražite? Izaberite ili napišite jednu riječ, na primjer: vrtić.
services-topics-more = ➡️ Više tema
services-topic = Pomoć
services-topic-learn = 📚 Kursevi i škola
services-topic-work = 💼 Posao
services-topic-papers = 📄 Pisma, obrasci
services-topic-children = 👶 Djeca
services-topic-talk = 💬 Razgovor
services-topic-health = 🩺 Zdravlje
services-topic-money = 💶 Novac
services-topic-home = 🏠 Stanovanje
services-topic-together = ☕ Druženje
services-topic-phones = 📞 Telefoni za pomoć
services-found = 🔎 Ovo smo našli:
services-none = Ovdje sada nema ničega. Izaberite drugu temu ili 🙋 Osoba.
services-more = ➡️ Više
services-other = 📋 Druge teme

services-cards =
    { $title }

    { $cards }
services-name = 🔹 { $name }
services-eligibility = 👥 Za koga: { $who }
services-hours = 🕘 Kada: { $hours }
services-always = 🕘 Svaki dan, i noću
services-languages = 🗣 Govore: { $languages }
services-free = 💶 Besplatno
services-cost = 💶 Cijena: { $amount } €
services-childcare-yes = 👶 Čuvanje djece: da
services-childcare-no = 👶 Čuvanje djece: ne
services-phone = 📞 Telefon: { $phone }
services-place = 📍 Gdje: { $place }
services-verified = ✅ Provjerili smo: { ON($day) }
services-weekday = { $day ->
     [0] pon.
     [1] uto.
     [2] sri.
     [3] čet.
     [4] pet.
     [5] sub.
    *[6] ned.
}
services-language = { $language ->
     [sl] slovenački
     [sq] albanski
     [en] engleski
     [bs] bosanski
     [hr] hrvatski
     [sr] srpski
     [mk] makedonski
     [es] španski
     [fr] francuski
     [ar] arapski
     [fa] perzijski
     [prs] dari
     [ps] paštu
     [ur] urdu
    *[other] { $language }
}
