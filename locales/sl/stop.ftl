# Draft: needs a native reader. Status: docs/translations.md
stop-done = Urejeno. Prvi vam ne pišemo več.
stop-keep = Ali želite še naprej opomnike za svoje termine?
stop-keep-yes = Da
stop-keep-no = Ne
stop-stopped = Urejeno. Prvi vam ne pišemo več. Vi lahko pišete kadarkoli.
stop-kept = Urejeno. Pridejo samo opomniki za vaše termine.
stop-none = Naša sporočila prejemate.
stop-started = Dobro. Spet vam lahko pišemo.
stop-ok = V redu
stop-start = Spet mi pišite
stop-none-ok = V redu
