services-topics = Çfarë ju duhet? Zgjidhni ose shkruani fjalën tuaj, për shembull: kopsht.
services-topics-more = ➡️ Tema të tjera
services-topic = Shërbime
services-topic-learn = 📚 Kurse, shkollë
services-topic-work = 💼 Punë
services-topic-papers = 📄 Letra, formularë
services-topic-children = 👶 Fëmijë
services-topic-talk = 💬 Bisedë
services-topic-health = 🩺 Shëndet
services-topic-money = 💶 Para
services-topic-home = 🏠 Banesë
services-topic-together = ☕ Shoqërim
services-topic-phones = 📞 Numra për ndihmë
services-found = 🔎 Gjetëm këto:
services-none = Këtu tani nuk ka asgjë. Zgjidhni një temë tjetër ose pyesni një njeri.
services-more = ➡️ Shiko më shumë
services-other = 📋 Tema të tjera

services-cards =
    { $title }

    { $cards }
services-name = 🔹 { $name }
services-hours = 🕘 Orari: { $hours }
services-always = 🕘 Çdo ditë, edhe natën
services-languages = 🗣 Gjuhët: { $languages }
services-free = 💶 Falas
services-cost = 💶 Çmimi: { $amount } €
services-childcare-yes = 👶 Kujdes për fëmijë: po
services-childcare-no = 👶 Kujdes për fëmijë: jo
services-phone = 📞 Telefoni: { $phone }
services-place = 📍 Ku: { $place }
services-verified = ✅ Kontrolluar: { ON($day) }
services-weekday = { $day ->
     [0] hën.
     [1] mar.
     [2] mër.
     [3] enj.
     [4] pre.
     [5] sht.
    *[6] die.
}
services-language = { $language ->
     [sl] sllovenisht
     [sq] shqip
     [en] anglisht
     [bs] boshnjakisht
     [hr] kroatisht
     [sr] serbisht
     [mk] maqedonisht
     [es] spanjisht
     [fr] frëngjisht
     [ar] arabisht
     [fa] persisht
     [prs] dari
     [ps] pashto
     [ur] urdu
    *[other] { $language }
}
