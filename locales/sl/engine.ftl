# Draft: needs a native reader. Status: docs/translations.md
plain = { $text }
engine-back = ⬅️ Nazaj
engine-menu = 🏠 Meni
engine-person = 🙋 Človek
engine-sos = 🆘 SOS
engine-language = 🌐 Jezik
engine-tap-over = Ta gumb je iz starega sporočila. Zdaj velja to:
engine-unclear = Tega ne najdem. Izberite gumb ali napišite eno besedo, na primer: tečaj. Lahko pomaga tudi človek. V nevarnosti napišite SOS.
engine-unclear-person = Človek vam lahko pomaga. Izberite 🙋 Človek. V nevarnosti napišite SOS.
engine-which = Napisali ste: { $said }. Na katero vprašanje odgovarjate?
engine-who = Tukaj so informacije o tečajih in dogodkih. Kraj: { $place }. Piše računalnik, ne človek.
engine-failed = Oprostite. Nekaj ne dela. To bomo pogledali. V nevarnosti pokličite 112.
flood = To je veliko sporočil naenkrat. Prosimo, počakajte eno minuto. V nevarnosti napišite SOS ali pokličite 112.
heard-location = Ne potrebujem podatka, kje ste. Ne shranim ga. Izberite gumb. V nevarnosti pokličite 112.
heard-contact = Številk drugih ljudi ne shranim. Izberite gumb.
heard-sticker = Hvala. Izberite gumb ali napišite besedo.
heard-unsupported = Tega ne morem odpreti. Napišite besedo ali izberite gumb. Za pogovor izberite 🙋 Človek.
