# Draft: needs a native reader. Status: docs/translations.md
stop-done = V redu. Pišemo samo, če prej pišete vi.
stop-keep = Ali vas še lahko spomnimo na vaše termine?
stop-keep-yes = Da
stop-keep-no = Ne
stop-stopped = V redu. Pišemo samo, če prej pišete vi. Vi lahko vedno pišete.
stop-kept = V redu. Samo na termine vas še spomnimo.
stop-none = Spet vam lahko pišemo.
stop-started = V redu. Spet vam lahko pišemo.
stop-ok = V redu
stop-start = Spet mi pišite
stop-none-ok = V redu
