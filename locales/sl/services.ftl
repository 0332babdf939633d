services-topics = Kaj iščete? Izberite ali napišite eno besedo, na primer: vrtec.
services-topics-more = ➡️ Več tem
services-topic = Pomoč
services-topic-learn = 📚 Tečaji in šola
services-topic-work = 💼 Delo
services-topic-papers = 📄 Pisma, obrazci
services-topic-children = 👶 Otroci
services-topic-talk = 💬 Pogovor
services-topic-health = 🩺 Zdravje
services-topic-money = 💶 Denar
services-topic-home = 🏠 Stanovanje
services-topic-together = ☕ Druženje
services-topic-phones = 📞 Telefoni za pomoč
services-found = 🔎 To smo našli:
services-none = Tukaj zdaj ni ničesar. Izberite drugo temo ali 🙋 Človek.
services-more = ➡️ Več
services-other = 📋 Druge teme

services-cards =
    { $title }

    { $cards }
services-name = 🔹 { $name }
services-eligibility = 👥 Za koga: { $who }
services-hours = 🕘 Kdaj: { $hours }
services-always = 🕘 Vsak dan, tudi ponoči
services-languages = 🗣 Govorijo: { $languages }
services-free = 💶 Brezplačno
services-cost = 💶 Cena: { $amount } €
services-childcare-yes = 👶 Varstvo otrok: da
services-childcare-no = 👶 Varstvo otrok: ne
services-phone = 📞 Telefon: { $phone }
services-place = 📍 Kje: { $place }
services-verified = ✅ Preverili smo: { ON($day) }
services-weekday = { $day ->
     [0] pon.
     [1] tor.
     [2] sre.
     [3] čet.
     [4] pet.
     [5] sob.
    *[6] ned.
}
services-language = { $language ->
     [sl] slovensko
     [sq] albansko
     [en] angleško
     [bs] bosansko
     [hr] hrvaško
     [sr] srbsko
     [mk] makedonsko
     [es] špansko
     [fr] francosko
     [ar] arabsko
     [fa] perzijsko
     [prs] dari
     [ps] paštunsko
     [ur] urdu
    *[other] { $language }
}
