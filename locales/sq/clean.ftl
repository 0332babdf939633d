# Draft: needs a native reader. Status: docs/translations.md
clean-app = Për ta fshirë këtë bisedë: mbajeni gishtin gjatë mbi të, pastaj zgjidhni “Fshi” (Delete). Unë nuk mund ta fshij në telefonin tuaj.
clean-page = Për ta fshirë këtë bisedë nga kjo pajisje: zgjidhni në këtë faqe “{ page-forget }”. Lista e faqeve që keni parë mbetet në shfletues (browser).
clean-here = Kur ju shkruajmë ne të parët, mesazhi nuk tregon për çfarë është. Për t'i fshirë të dhënat tuaja te ne, shkruani: më fshini.
clean-ok = Në rregull
