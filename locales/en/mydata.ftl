# Draft: needs a native reader. Status: docs/translations.md
mydata-open = 🗂 My data
mydata =
    What we keep about you:
    Language: { $tongue ->
        [sl] Slovenian
        [sq] Albanian
        [bs] Bosnian
        [hr] Croatian
        [sr] Serbian
        [sr-Cyrl] Serbian, Cyrillic
        [ar] Arabic
       *[en] English
    }
    Messages: { $messages }
    Chats: { $chats }
    Appointments ahead: { $count }
mydata-times-1 = { DATE($at1) }
mydata-times-2 =
    { DATE($at1) }
    { DATE($at2) }
mydata-times-3 =
    { DATE($at1) }
    { DATE($at2) }
    { DATE($at3) }
mydata-said =
    { $privacy ->
        [yes] You said yes to this chat.
        [no] You said no to keeping this chat.
       *[unasked] You did not answer our privacy text yet.
    }
    { $reminders ->
        [yes] You said yes to reminders.
        [no] You said no to reminders.
       *[unasked] We did not ask you about reminders yet.
    }
    { $news ->
        [locked] We do not write first.
        [stopped] You said STOP. We do not write first.
        [kept] You said STOP. Only reminders come.
       *[on] { $when ->
            [morning] We write in the morning, 8–12.
            [afternoon] We write in the afternoon, 12–16.
            [never] We do not write first.
           *[any] We write at any time of day, not at night.
        }
    }
mydata-file = 📄 All of it
mydata-delete = 🗑 Delete me
mydata-desk = You can have all of it in one file. Ask at the desk: { $address }.
mydata-ways = You can have all of it in one file. Ask at the desk: { $address }. Or open a link. The link works once, for one hour.
mydata-link = 🔗 Give me the link
mydata-ok = OK
mydata-address = { $link }
mydata-link-sent = The link is above. Anyone who opens it gets the file.
mydata-erase = This removes what we keep about you: your chat and your settings.{ $count ->
        [0] { "" }
        [one] { " " }Your appointment is cancelled.
       *[other] { " " }Your appointments are cancelled.
    } Past visits are only counted, without you. What is on your phone stays there.
mydata-erase-delete = 🗑 Delete
mydata-erase-keep = Keep
mydata-sure = Delete everything now? We cannot undo it.
mydata-sure-yes = Yes, delete all
mydata-sure-no = No
mydata-kept = We changed nothing.
mydata-erased = Done. Your chat and your settings are removed here. Now delete this chat on your phone too.
