// Shows an alert with every page closed. A push holds its kind, a name for its page and a sentence; nothing of hers.
"use strict";

const UID = /^[A-Za-z0-9_-]{1,40}$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data ? event.data.json() : {};
  } catch {
    told = {};
  }
  const uid = UID.test(told.uid) ? told.uid : "";
  const body = typeof told.text === "string" ? told.text.slice(0, 200) : "";
  event.waitUntil(
    self.registration.showNotification("Točka", {
      body,
      tag: uid || "alert",
      renotify: true,
      requireInteraction: true,
      data: { uid },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const uid = event.notification.data && event.notification.data.uid;
  const where = uid ? `/console/alerts/${uid}` : "/console";
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((open) => {
      const page = open.find((one) => new URL(one.url).pathname === where);
      return page ? page.focus() : self.clients.openWindow(where);
    }),
  );
});
