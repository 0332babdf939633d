// "Wake this device": asks the browser once, and gives our server the address under which it can be woken.
"use strict";

const form = document.getElementById("wake-form");
const told = document.getElementById("wake-told");

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

async function wake() {
  if ((await Notification.requestPermission()) !== "granted") {
    return form.dataset.refused;
  }
  await navigator.serviceWorker.register("/console/alerts.js", { scope: "/console/" });
  const worker = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) };
  const found = (await worker.pushManager.subscribe(options)).toJSON();
  const body = new URLSearchParams({
    csrf: form.elements.csrf.value,
    endpoint: found.endpoint,
    p256dh: found.keys.p256dh,
    auth: found.keys.auth,
  });
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  return answer.ok || answer.type === "opaqueredirect" ? form.dataset.done : form.dataset.wrong;
}

if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    wake()
      .then((words) => {
        told.textContent = words;
      })
      .catch(() => {
        told.textContent = form.dataset.refused;
      });
  });
}
