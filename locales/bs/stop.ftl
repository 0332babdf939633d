# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
stop-done = U redu. Pišemo samo ako prvo pišete vi.
stop-keep = Smijemo li vas još podsjetiti na termine?
stop-keep-yes = Da
stop-keep-no = Ne
stop-stopped = U redu. Pišemo samo ako prvo pišete vi. Vi uvijek možete pisati.
stop-kept = U redu. Samo vas još podsjetimo na termine.
stop-none = Opet vam možemo pisati.
stop-started = U redu. Opet vam možemo pisati.
stop-ok = U redu
stop-start = Opet mi pišite
stop-none-ok = U redu
