services-topics = What do you need? Choose, or write your own word, for example: kindergarten.
services-topics-more = ➡️ More topics
services-topic = Services
services-topic-learn = 📚 Courses, school
services-topic-work = 💼 Work
services-topic-papers = 📄 Letters, forms
services-topic-children = 👶 Children
services-topic-talk = 💬 Talk
services-topic-health = 🩺 Health
services-topic-money = 💶 Money
services-topic-home = 🏠 Housing
services-topic-together = ☕ Together
services-topic-phones = 📞 Help lines
services-found = 🔎 We found this:
services-none = There is nothing here now. Choose another topic or ask a person.
services-more = ➡️ Show more
services-other = 📋 Other topics

services-cards =
    { $title }

    { $cards }
services-name = 🔹 { $name }
services-eligibility = 👥 For whom: { $who }
services-hours = 🕘 Hours: { $hours }
services-always = 🕘 Every day, also at night
services-languages = 🗣 Languages: { $languages }
services-free = 💶 Free
services-cost = 💶 Price: { $amount } €
services-childcare-yes = 👶 Childcare: yes
services-childcare-no = 👶 Childcare: no
services-phone = 📞 Phone: { $phone }
services-place = 📍 Where: { $place }
services-verified = ✅ Checked: { ON($day) }
services-weekday = { $day ->
     [0] Mon
     [1] Tue
     [2] Wed
     [3] Thu
     [4] Fri
     [5] Sat
    *[6] Sun
}
services-language = { $language ->
     [sl] Slovenian
     [sq] Albanian
     [en] English
     [bs] Bosnian
     [hr] Croatian
     [sr] Serbian
     [mk] Macedonian
     [es] Spanish
     [fr] French
     [ar] Arabic
     [fa] Persian
     [prs] Dari
     [ps] Pashto
     [ur] Urdu
    *[other] { $language }
}
