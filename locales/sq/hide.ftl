# Draft: needs a native reader. Status: docs/translations.md
hide-weather-text = ☀️ Këtë javë moti ndryshon shpejt. Në mëngjes bën freskët. Merrni një xhaketë.
hide-bus-text = 🚌 Orari i autobusit është në stacion. Të dielën ka më pak autobusë. Blijeni biletën para udhëtimit.
hide-weather = ☀️ Moti
hide-bus = 🚌 Autobusi
