# Draft: needs a native reader. Status: docs/translations.md
hide-weather-text = ☀️ The weather changes a lot this week. In the morning it is cool. Take a jacket with you.
hide-bus-text = 🚌 The bus times are at the stop. On Sunday there are fewer buses. Buy the ticket before you travel.
hide-weather = ☀️ Weather
hide-bus = 🚌 Bus
