# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Meni
handover-person-now = Zapisali smo, da želite govoriti s človekom. Tukaj vam človek še ne more pisati. Pokličite { $phone } ali pridite: { $address }, danes do { TIME($until) }. Ponoči sporočil nihče ne bere. V nevarnosti pokličite 112.
handover-person-later = Zapisali smo, da želite govoriti s človekom. Tukaj vam človek še ne more pisati. Pokličite { $phone } ali pridite: { $address }. Odpremo: { DATE($opens) }. Ponoči sporočil nihče ne bere. V nevarnosti pokličite 112.
handover-person-closed = Zapisali smo, da želite govoriti s človekom. Tukaj vam človek še ne more pisati. Zdaj je zaprto. Ko odpremo, pokličite { $phone }. Ponoči sporočil nihče ne bere. V nevarnosti pokličite 112.
