// The inbox without a reload. Everything here also works without this script, by links and plain forms.
"use strict";
(() => {
  const fresh = document.getElementById("fresh");
  const said = document.getElementById("said");
  const over = document.getElementById("over");
  const reply = document.getElementById("reply");
  const text = document.getElementById("text");
  const path = fresh?.dataset.live;
  const csrf = document.querySelector("input[name=csrf]")?.value || "";

  // Ctrl+Enter sends; a plain Enter is a new line. A second press while it is on its way does nothing.
  let sending = false;
  // Once a form is on its way its answer is the next page: news of our own act must not get in between.
  let leaving = false;
  document.addEventListener("submit", (event) => {
    leaving = !event.defaultPrevented;
  });
  reply?.addEventListener("submit", (event) => {
    if (sending) event.preventDefault();
    sending = true;
  });
  text?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    reply.requestSubmit();
  });
  window.addEventListener("pageshow", () => {
    sending = leaving = false;
  });

  const notice = (kind) => {
    const words = over.querySelector("span");
    words.textContent = words.dataset[kind];
    over.hidden = false;
  };
  // Only what somebody typed is worth a question; else the page is simply opened anew.
  const typed = () => [...document.querySelectorAll("textarea")].some((box) => box.value.trim() && box.value !== box.defaultValue);
  const anew = (kind) => (typed() ? notice(kind) : location.reload());

  const toEnd = () => {
    const last = fresh.querySelector(".said:last-of-type");
    if (last) last.scrollIntoView({ block: "end" });
  };
  const atEnd = () => {
    const last = fresh.querySelector(".said:last-of-type");
    return !last || last.getBoundingClientRect().bottom <= window.innerHeight + 80;
  };

  const put = (told) => {
    if (leaving) return undefined;
    if ("state" in told && told.state !== fresh.dataset.state) return anew("stale");
    const box = document.createElement("template");
    box.innerHTML = told.html;
    for (const field of box.content.querySelectorAll("input[name=csrf]")) field.value = csrf;
    const made = document.createElement("div");
    made.append(box.content);
    const now = fresh.cloneNode(true);
    now.normalize();
    if (now.innerHTML.trim() === made.innerHTML.trim()) return undefined;
    // Keep the reader where she is: the same link, the same open details, the same place.
    const focused = fresh.contains(document.activeElement) ? document.activeElement.id : "";
    const half = [...fresh.querySelectorAll("input:not([type=hidden])")].filter((field) => field.value);
    const follow = text && atEnd();
    fresh.replaceChildren(...made.childNodes);
    for (const field of half) {
      const again = field.id && document.getElementById(field.id);
      if (again) again.value = field.value;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (follow) toEnd();
    said.textContent = told.said;
    return undefined;
  };

  if (reply && fresh?.querySelector(".said")) toEnd();
  if (!path) return;
  // While Točka is updated the server in front answers 503, which a browser takes for the end: begin anew, ever less often.
  let source;
  let pause = 2000;
  let cut = false;
  const listen = () => {
    source = new EventSource(path);
    source.addEventListener("open", () => {
      if (cut) over.hidden = true;
      cut = false;
      pause = 2000;
    });
    source.addEventListener("fresh", (event) => put(JSON.parse(event.data)));
    source.addEventListener("over", () => {
      if (leaving) return;
      source.close();
      anew("over");
    });
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      notice("over");
      cut = true;
      setTimeout(listen, pause);
      pause = Math.min(pause * 2, 60000);
    });
  };
  listen();
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
