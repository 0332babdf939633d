# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
check-ask = Molimo, napišite dvije cifre svog broja: { $first }. i { $second }. cifru. Na primjer: 3 8
