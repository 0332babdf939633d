// Taps wait in this browser until the network is there: each has a random name, so one sent twice counts once.
// The page without anything of a person is put away here, and the worker shows it when the network does not.
"use strict";

(() => {
  const KEPT = "tocka-visits";
  const AGAIN_MS = 15000;
  const PATIENCE_MS = 20000;
  const VISITS = "/console/visits";
  const SHELL = `${VISITS}/shell`;
  const form = document.getElementById("visit");
  const back = document.getElementById("undo");
  const waiting = document.getElementById("waiting");
  const refused = document.getElementById("refused");
  const last = document.getElementById("last");
  const tally = document.getElementById("tally");
  const door = document.getElementById("door");
  const whole = document.getElementById("whole");
  const isShell = whole !== null;
  // Random names of what this session may not send: it waits for a colleague.
  const others = new Set();
  let out = isShell;
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

  const show = () => {
    const count = read().length;
    const told = [count ? waiting.dataset.text.replace("777", count) : "", others.size ? waiting.dataset.others : ""];
    if (out) told.unshift(waiting.dataset.out);
    waiting.textContent = told.filter(Boolean).join(" ");
    waiting.hidden = waiting.textContent === "";
  };

  const asked = (path, more) =>
    fetch(path, {
      redirect: "manual",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...more,
    });

  // Who is signed in now, and the word her posts carry; this page may be older than her session.
  async function enter() {
    const answer = await asked(VISITS);
    const signedOut = [401, 404].includes(answer.status) || answer.type === "opaqueredirect";
    door.hidden = !signedOut;
    if (signedOut) {
      out = false;
      return false;
    }
    if (!answer.ok) throw new Error("later");
    const told = await answer.json();
    form.elements.csrf.value = told.csrf;
    tally.textContent = told.today;
    return true;
  }

  // One after the other, in their order: a tap is there before it is taken back.
  async function send() {
    if (sending) return;
    sending = true;
    try {
      others.clear();
      if ((read().length > 0 || isShell) && !(await enter())) return;
      for (let next; (next = read().find((one) => !others.has(one.uid))); show()) await one(next);
      out = false;
    } catch {
      out = true;
    } finally {
      sending = false;
      if (isShell) whole.hidden = out || !door.hidden;
      show();
    }
  }

  async function one(entry) {
    const { path, ...fields } = entry;
    const body = new URLSearchParams({ ...fields, sent: Date.now(), csrf: form.elements.csrf.value });
    const answer = await asked(path, { method: "POST", body });
    if (!answer.ok && answer.status !== 422 && answer.status !== 404) throw new Error("later");
    const told = await answer.json();
    if (answer.status === 404 && path === VISITS) {
      others.add(entry.uid); // another's site, or the session changed just now: nothing is thrown away
      return;
    }
    write(read().filter((kept) => kept.uid !== entry.uid || kept.path !== path));
    if (answer.ok) tally.textContent = told.today;
    refused.hidden = answer.ok;
    if (!answer.ok) refused.textContent = told.text;
  }

  // Put the page and its files away, each whole or none of them, and what was put away before and is not among them goes.
  async function putAway() {
    await navigator.serviceWorker.register("/console/visits.js", { scope: VISITS });
    const sites = [form.elements.site, ...document.querySelectorAll("[data-site]")];
    const pages = sites.map((one) => `${SHELL}?site=${one.value || one.dataset.site}`);
    const files = [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.src || one.href);
    const wanted = [SHELL, ...new Set(pages), ...files].map((one) => new Request(one, { redirect: "error" }));
    const cache = await caches.open(KEPT);
    await cache.addAll(wanted);
    const names = wanted.map((one) => one.url);
    const old = (await cache.keys()).filter((one) => !names.includes(one.url));
    await Promise.all(old.map((one) => cache.delete(one)));
  }

  function keep(entry) {
    try {
      write([...read(), entry]);
    } catch {
      return false; // no room or no storage: the plain form does it
    }
    out = out || !navigator.onLine;
    show();
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
    if (read().length > 0 || (isShell && out)) send();
  }, AGAIN_MS);
  show();
  send();
  if (!isShell && "serviceWorker" in navigator && "caches" in window) {
    putAway().catch(() => {}); // without the network it stays as it was
  }
})();
