# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Meni
handover-person-now = Oseba vidi, da čakate. Zdaj smo na pultu do { TIME($until) }: { $address }. Telefon: { $phone }. Klepeta ponoči ne bere nihče. V nevarnosti pokličite 112.
handover-person-later = Oseba vidi, da čakate. Odpremo: { DATE($opens) }. Pult: { $address }. Telefon: { $phone }. Klepeta ponoči ne bere nihče. V nevarnosti pokličite 112.
handover-person-closed = Oseba vidi, da čakate. Zdaj je zaprto. Telefon: { $phone }. Klepeta ponoči ne bere nihče. V nevarnosti pokličite 112.
