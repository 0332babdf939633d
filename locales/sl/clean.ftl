# Draft: needs a native reader. Status: docs/translations.md
clean-app = Ta klepet izbrišete tako: na seznamu klepetov dolgo držite prst na njem. Potem izberite »Izbriši«. Jaz ga na vašem telefonu ne morem izbrisati.
clean-page = Ta klepet tukaj izbrišete tako: na tej strani izberite »{ page-forget }«. Seznam obiskanih strani ostane v brskalniku.
clean-here = Ko vam pišemo prvi, uporabimo samo navadne besede. Želite izbrisati tudi podatke pri nas? Napišite: izbriši me
clean-ok = V redu
