# Draft: needs a native reader. Status: docs/translations.md
check-ask = Ju lutem, shkruani dy shifra të numrit tuaj: shifrën { $first } dhe shifrën { $second }. Për shembull: 3 8
