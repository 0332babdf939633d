# Draft: needs a native reader. Status: docs/translations.md
privacy-short = I help you find courses and appointments. I keep only what I need. In danger, write SOS at any time. Do you agree?
privacy-ok = ✅ I agree
privacy-more = 🔎 Tell me more
privacy-no = ❌ No
privacy-long = Messages go through Telegram. Anyone who holds your phone can read them. Do not send a passport or identity card. We keep your language, your messages and your appointments. Write STOP and we do not write first any more.
privacy-long-web = This page knows you only in this browser. Anyone who holds your phone can read. Do not write document numbers. We keep your language, your messages and your appointments. The button “Forget” opens a new chat. To remove what we keep, write: delete me.
privacy-refused = OK. We also help without this chat: phone { $phone }, or here: { $address }.
