// Taps wait in this browser until the network is there: each has a random name, so one sent twice counts once.
"use strict";

(() => {
  const KEPT = "tocka-visits";
  const AGAIN_MS = 15000;
  const form = document.getElementById("visit");
  const back = document.getElementById("undo");
  const waiting = document.getElementById("waiting");
  const refused = document.getElementById("refused");
  const last = document.getElementById("last");
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  let sending = false;

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) || "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  };
  const write = (kept) => localStorage.setItem(KEPT, JSON.stringify(kept));
  const uid = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  const show = (out) => {
    const count = read().length;
    waiting.hidden = count === 0;
    waiting.textContent = count === 0 ? "" : (out ? `${waiting.dataset.out} ` : "") + waiting.dataset.text.replace("777", count);
  };

  // One after the other, in their order: a tap is there before it is taken back.
  async function send() {
    if (sending) return;
    sending = true;
    let out = false;
    try {
      for (let kept = read(); kept.length > 0; kept = read()) {
        const { path, ...fields } = kept[0];
        const body = new URLSearchParams({ ...fields, sent: Date.now(), csrf: form.elements.csrf.value });
        const answer = await fetch(path, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
        if (answer.status === 401 || answer.type === "opaqueredirect") {
          location.reload();
          return;
        }
        if (!answer.ok && answer.status !== 422 && answer.status !== 404) throw new Error("later");
        const told = await answer.json();
        write(read().slice(1));
        if (answer.ok) document.getElementById("tally").textContent = told.today;
        refused.hidden = answer.ok;
        if (!answer.ok) refused.textContent = told.text;
        show(false);
      }
    } catch {
      out = true;
    } finally {
      sending = false;
      show(out);
    }
  }

  function keep(entry) {
    try {
      write([...read(), entry]);
    } catch {
      return false; // no room or no storage: the plain form does it
    }
    show(!navigator.onLine);
    send();
    return true;
  }

  form.addEventListener("submit", (event) => {
    const tapped = event.submitter;
    if (!tapped) return;
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrf;
    const entry = { ...fields, topic: tapped.value, uid: uid(), at: Date.now(), path: form.getAttribute("action") };
    if (!keep(entry)) return;
    event.preventDefault();
    form.reset();
    back.hidden = false;
    back.elements.uid.value = entry.uid;
    last.textContent = `${tapped.textContent.trim()}, ${clock.format(new Date())}`;
    refused.hidden = true;
  });

  back.addEventListener("submit", (event) => {
    const entry = { uid: back.elements.uid.value, site: back.elements.site.value, path: back.getAttribute("action") };
    if (!keep(entry)) return;
    event.preventDefault();
    back.hidden = true;
  });

  window.addEventListener("online", send);
  setInterval(() => {
    if (read().length > 0) send();
  }, AGAIN_MS);
  show(false);
  send();
})();
