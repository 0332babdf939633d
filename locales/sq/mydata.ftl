# Draft: needs a native reader. Status: docs/translations.md
mydata-open = 🗂 Të dhënat e mia
mydata =
    Çfarë ruajmë për ju:
    Gjuha: { $tongue ->
        [sl] sllovenisht
        [bs] boshnjakisht
        [hr] kroatisht
        [sr] serbisht
        [sr-Cyrl] serbisht, cirilike
        [ar] arabisht
        [en] anglisht
       *[sq] shqip
    }
    Mesazhe: { $messages }
    Biseda: { $chats }
    Takime që vijnë: { $count }
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
        [yes] Keni thënë po për këtë bisedë.
        [no] Keni thënë të mos e ruajmë bisedën.
       *[unasked] Nuk jeni përgjigjur ende për privatësinë.
    }
    { $reminders ->
        [yes] Keni thënë po për përkujtesat.
        [no] Keni thënë jo për përkujtesat.
       *[unasked] Nuk ju kemi pyetur ende për përkujtesat.
    }
    { $news ->
        [locked] Përgjigjemi vetëm kur na shkruani ju.
        [stopped] Keni thënë STOP. Përgjigjemi vetëm kur na shkruani ju.
        [kept] Keni thënë STOP. Vijnë vetëm përkujtesat.
       *[on] { $when ->
            [morning] Shkruajmë paradite, 8–12.
            [afternoon] Shkruajmë pasdite, 12–16.
            [never] Përgjigjemi vetëm kur na shkruani ju.
           *[any] Shkruajmë gjatë ditës, jo natën.
        }
    }
mydata-file = 📄 Të gjitha
mydata-delete = 🗑 Më fshini
mydata-desk = Mund t'i merrni të gjitha në një dokument. Pyesni te ne: { $address }.
mydata-ways = Mund t'i merrni të gjitha në një dokument. Pyesni te ne: { $address }. Ose hapni një link. Linku vlen vetëm një herë, për një orë.
mydata-link = 🔗 Dua linkun
mydata-ok = Në rregull
mydata-address = { $link }
mydata-link-sent = Linku është më lart. Kush e hap, i merr të dhënat tuaja.
mydata-erase = Kështu fshijmë çfarë ruajmë për ju: bisedën dhe cilësimet.{ $count ->
        [0] { "" }
        [one] { " " }Takimi juaj anulohet.
       *[other] { " " }Takimet tuaja anulohen.
    } Vizitat e kaluara vetëm i numërojmë, pa emrin tuaj. Çfarë është në telefonin tuaj, mbetet aty.
mydata-erase-delete = 🗑 Fshini
mydata-erase-keep = Jo, le të mbeten
mydata-sure = T'i fshijmë të gjitha tani? Pastaj nuk mund t'i kthejmë më.
mydata-sure-yes = Po, fshini të gjitha
mydata-sure-no = Jo
mydata-kept = Nuk ndryshuam asgjë.
mydata-erased = U bë. Bisedën dhe cilësimet tuaja i fshimë këtu. Tani fshijeni këtë bisedë edhe në telefon.
