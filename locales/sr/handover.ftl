# Only what differs from locales/bs; the rest comes from there. Draft: needs a native reader. Status: docs/translations.md
handover-person-duty = Osoba sada čita ovaj razgovor i pisaće vam ovde. Kancelarija ({ $address }) je zatvorena. U opasnosti pozovite 112.
