# Draft: needs a native reader. Status: docs/translations.md
privacy-short = Ju ndihmoj të gjeni kurse dhe takime. Ruaj vetëm çfarë më duhet. Nëse jeni në rrezik, shkruani SOS në çdo kohë. A jeni dakord?
privacy-ok = ✅ Dakord
privacy-more = 🔎 Më shumë
privacy-no = ❌ Jo
privacy-long = Mesazhet shkojnë përmes Telegramit. Kush e ka telefonin tuaj në dorë, mund t'i lexojë. Mos dërgoni pasaportë ose letërnjoftim. Ruajmë gjuhën, mesazhet dhe takimet tuaja. Nëse shkruani STOP, përgjigjemi vetëm kur na shkruani ju.
privacy-long-web = Kjo faqe ju mban mend vetëm në këtë shfletues (browser). Kush e ka telefonin tuaj në dorë, mund të lexojë. Mos shkruani numra dokumentesh. Ruajmë gjuhën, mesazhet dhe takimet tuaja. Butoni “Harro bisedën” hap një bisedë të re. Që t'i fshijmë të gjitha, shkruani: më fshi.
privacy-refused = Në rregull. Ju ndihmojmë edhe pa bisedë: telefoni { $phone } ose këtu: { $address }.
