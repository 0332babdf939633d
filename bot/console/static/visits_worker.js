// Shows the walk-in page when the network does not. Only what the page itself put away is shown, and only then.
"use strict";

const KEPT = "tocka-visits";
const SHELL = "/console/visits/shell";
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The network goes first, so that whoever is signed out is asked to sign in as soon as the house can be heard.
async function first(request, kept) {
  if (!kept) return fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  try {
    const answer = await Promise.race([fetch(request), late]);
    return answer && answer.status < 502 ? answer : kept;
  } catch {
    return kept;
  }
}

async function answered(request) {
  const { pathname, search } = new URL(request.url);
  const cache = await caches.open(KEPT);
  return first(request, await cache.match(request.mode === "navigate" ? SHELL + search : pathname + search));
}

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const ours = origin === location.origin && event.request.method === "GET";
  const page = event.request.mode === "navigate" && pathname === "/console/visits";
  if (ours && (page || pathname.startsWith("/console/static/"))) event.respondWith(answered(event.request));
});
