# Draft: needs a native reader. Status: docs/translations.md
hide-weather-text = ☀️ Ta teden se vreme hitro spreminja. Zjutraj je lahko hladno. Vzemite jakno.
hide-bus-text = 🚌 Vozni red je na postaji. V nedeljo vozi manj avtobusov. Vozovnico kupite pred vožnjo.
hide-weather = ☀️ Vreme
hide-bus = 🚌 Avtobus
