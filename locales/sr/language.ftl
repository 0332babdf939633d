# Only what differs from locales/bs; the rest comes from there. Draft: needs a native reader. Status: docs/translations.md
language-done = U redu. Pišem srpski.
