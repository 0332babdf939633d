# Draft: needs a native reader. Status: docs/translations.md
privacy-short = Ju ndihmoj të gjeni kurse dhe takime. Ruaj vetëm çfarë më duhet. Në rrezik shkruani SOS në çdo kohë. Jeni dakord?
privacy-ok = ✅ Dakord
privacy-more = 🔎 Më shumë
privacy-no = ❌ Jo
privacy-long = Mesazhet shkojnë përmes Telegram. Kush mban telefonin tuaj mund t'i lexojë. Mos dërgoni dokumente. Ruajmë gjuhën, mesazhet dhe takimet tuaja. Shkruani STOP dhe nuk ju shkruajmë më të parët.
privacy-long-web = Kjo faqe ju mban mend vetëm në këtë shfletues. Kush mban telefonin tuaj mund të lexojë. Mos shkruani numra dokumentesh. Ruajmë gjuhën, mesazhet dhe takimet. Butoni «Harro» hap një bisedë të re.
privacy-refused = Në rregull. Ndihmojmë edhe pa bisedë: telefoni { $phone } ose këtu: { $address }.
