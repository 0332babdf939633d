services-topics = Çfarë ju duhet? Zgjidhni ose shkruani fjalën tuaj, për shembull: kopsht.
services-topics-more = ➡️ Më shumë tema
services-topic = Shërbime
services-topic-learn = 📚 Kurse, shkollë
services-topic-work = 💼 Punë
services-topic-papers = 📄 Letra, formularë
services-topic-children = 👶 Fëmijë
services-topic-talk = 💬 Bisedë
services-topic-health = 🩺 Shëndet
services-topic-money = 💶 Para
services-topic-home = 🏠 Banesë
services-topic-together = ☕ Të rrimë bashkë
services-topic-phones = 📞 Numra për ndihmë
services-found = 🔎 Ja çfarë gjetëm:
services-none = Tani këtu nuk ka asgjë. Zgjidhni një temë tjetër ose pyesni një njeri.
services-more = ➡️ Shiko më shumë
services-other = 📋 Tema të tjera

services-cards =
    { $title }

    { $cards }
services-name = 🔹 { $name }
services-eligibility = 👥 Për kë: { $who }
services-hours = 🕘 Orari: { $hours }
services-always = 🕘 Çdo ditë, edhe natën
services-languages = 🗣 Gjuhët: { $languages }
services-free = 💶 Falas
services-cost = 💶 Çmimi: { $amount } €
services-childcare-yes = 👶 I ruajmë fëmijët: po
services-childcare-no = 👶 I ruajmë fëmijët: jo
services-phone = 📞 Telefoni: { $phone }
services-place = 📍 Ku: { $place }
services-verified = ✅ Kontrolluar më { ON($day) }
services-weekday = { $day ->
     [0] e hënë
     [1] e martë
     [2] e mërkurë
     [3] e enjte
     [4] e premte
     [5] e shtunë
    *[6] e diel
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
