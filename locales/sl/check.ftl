# Draft: needs a native reader. Status: docs/translations.md
check-ask = Prosimo, napišite dve števki svoje številke: { $first }. in { $second }. števko. Na primer: 3 8
