// The chat without a reload. Everything here also works without this script, by plain forms.
"use strict";
(() => {
  const POLL_MS = 15000;
  const SEEN_MS = 2500;
  const TWICE_MS = 1500;
  const RETRY_MS = 800;
  const byId = (id) => document.getElementById(id);
  const log = byId("log");
  let leaving = false;

  // Quick exit: empty the view first, because the network may be slow.
  const leave = () => {
    leaving = true;
    document.body.replaceChildren();
    location.replace("/leave");
  };
  byId("exit")?.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let escapedAt = -TWICE_MS;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - escapedAt < TWICE_MS) leave();
    escapedAt = event.timeStamp;
  });
  // A page the browser kept in memory must not come back with the chat on it.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.body.replaceChildren();
    location.reload();
  });
  if (!log) return;

  const say = byId("say");
  const tap = byId("tap");
  const text = byId("text");
  const busy = byId("busy");
  const trouble = byId("trouble");
  const csrf = say.elements.csrf.value;
  const unseen = new Set(say.elements.seen.value.split(",").filter(Boolean));
  let postId = say.elements.id.value;
  let posting = false;
  let seenTimer = 0;

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const lastId = () => Number(log.querySelector(".line:last-of-type")?.id.slice(1) || 0);
  const body = (fields, chosen) => {
    if (!chosen) return new URLSearchParams({ csrf, ...fields });
    const all = new FormData();
    for (const [name, value] of Object.entries({ csrf, ...fields })) all.append(name, value);
    all.append("file", chosen);
    return all;
  };
  const send = (path, fields, chosen) =>
    fetch(path, {
      method: "POST",
      body: body(fields, chosen),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
    });

  // A phone loses its connection for a moment all the time; the id makes a second try harmless.
  const sendTwice = async (path, fields, chosen) => {
    try {
      return await send(path, fields, chosen);
    } catch {
      await new Promise((later) => setTimeout(later, RETRY_MS));
      return send(path, fields, chosen);
    }
  };

  const fold = (line) => {
    const choices = line.querySelector(":scope > .choices");
    if (!choices) return;
    const old = document.createElement("details");
    const title = document.createElement("summary");
    old.className = "old";
    title.textContent = log.dataset.old;
    old.append(title);
    choices.replaceWith(old);
    old.append(choices);
  };

  // Adds what the page does not have yet and returns the first new line of the helper.
  const add = (told, tapped) => {
    const box = document.createElement("template");
    box.innerHTML = told.html;
    const fresh = [...box.content.querySelectorAll(".line")].filter((line) => !byId(line.id));
    if (fresh.some((line) => line.classList.contains("hers"))) {
      for (const line of log.querySelectorAll(".line")) {
        if (!("unasked" in line.dataset) || line === tapped) fold(line);
      }
    }
    log.append(...fresh);
    for (const id of told.unseen) unseen.add(String(id));
    if (fresh.length) laterSeen();
    return fresh.find((line) => line.classList.contains("ours"));
  };

  // Tell the server what was really on the screen, unless the next post does it sooner.
  const laterSeen = () => {
    clearTimeout(seenTimer);
    seenTimer = setTimeout(tellSeen, SEEN_MS);
  };
  const tellSeen = async () => {
    if (!unseen.size || posting || leaving || document.visibilityState !== "visible") return;
    const ids = [...unseen];
    try {
      const answer = await send("/chat/seen", { seen: ids.join(",") });
      if (answer.ok) ids.forEach((id) => unseen.delete(id));
    } catch {
      // Offline: they go with the next post.
    }
  };

  const complain = (sentence) => {
    byId("trouble-text").textContent = sentence || trouble.dataset.offline;
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  };

  const post = async (fields, tapped, chosen) => {
    const alarm = fields.text === "SOS" && !chosen;
    if (posting && !alarm) return false;
    posting = true;
    busy.textContent = busy.dataset.text;
    const ids = [...unseen];
    let told = null;
    try {
      const all = { ...fields, id: postId, seen: ids.join(","), after: lastId() };
      const answer = await sendTwice(chosen ? "/chat/file" : "/chat", all, chosen);
      if (answer.status === 409) {
        leaving = true;
        told = await answer.json();
        return told.go ? location.replace(told.go) : location.reload();
      }
      told = await answer.json();
      if (!answer.ok) throw new Error(told.text);
    } catch {
      // The same id again next time: if the post did arrive, it will not run twice.
      complain(told && told.text);
      return false;
    } finally {
      posting = false;
      busy.textContent = "";
    }
    if (leaving) return false;
    postId = newId();
    trouble.hidden = true;
    ids.forEach((id) => unseen.delete(id));
    if (told.language !== document.documentElement.lang) {
      location.replace(location.pathname); // the words around the chat change with her language
      return true;
    }
    const first = add(told, tapped);
    if (first) {
      if (document.activeElement !== text) first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "start" });
    }
    return true;
  };

  // A file goes with the words beside it; both stay where they are until it has arrived.
  const file = byId("file");
  const postFile = async () => {
    const chosen = file.files[0];
    if (!chosen) return complain(file.dataset.empty);
    if (chosen.size > Number(file.dataset.max)) return complain(file.dataset.big);
    if (await post({ text: text.value }, null, chosen)) {
      text.value = "";
      file.value = "";
      byId("attach").open = false;
    }
  };
  say.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (event.submitter?.id === "send-file") return postFile();
    const words = text.value;
    if (!words.trim()) return;
    if (await post({ text: words })) text.value = "";
  });
  tap.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button) post({ [button.name]: button.value }, button.closest(".line"));
  });

  const poll = async () => {
    if (posting || leaving || document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(`/chat/messages?after=${lastId()}`, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.status === 409) return location.reload();
      if (answer.ok && !posting) add(await answer.json(), null);
    } catch {
      // Offline: the next round asks again.
    }
  };
  setInterval(poll, POLL_MS);
  document.addEventListener("visibilitychange", poll);
  const now = byId("now");
  if (now && log.childElementCount > 2) now.scrollIntoView();
  laterSeen();
})();
