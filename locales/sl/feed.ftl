# Draft: needs a native reader. Status: docs/translations.md
feed-name = Točka
feed-booked = Zasedeno
feed-title = Vaši termini v vašem koledarju
feed-about = Skrivni naslov za koledar na telefonu ali računalniku. Pokaže, kdaj ste zasedeni, nikoli s kom ali o čem.
feed-make = Ustvari naslov
feed-once = Ta naslov dodajte v svoj koledar kot naročnino. Vidite ga samo enkrat. Kdor ga ima, vidi, kdaj ste zasedeni.
feed-since = Naslov je iz: { DATE($at) }.
feed-replace = Ustvari nov naslov
feed-revoke = Ukini naslov
feed-ends = Ko ustvarite nov naslov, stari ne deluje več.
feed-no-calendar = Tu nimate terminov, zato ni koledarja.
