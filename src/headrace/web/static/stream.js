// Keeps the page of the stream as the record is: when something is recorded the page is asked for again, and what
// differs is exchanged in place. Without this script the page shows the moment at which it was asked for.
"use strict";

(function () {
  const KEYS = ["data-live", "data-gate", "data-step", "data-note"];
  const PAUSE_MS = 250;
  let busy = false;
  let again = false;

  // The parts that change, in the order of the page: the outermost ones, each with its counterpart at the same place.
  function parts(page) {
    return Array.from(page.querySelectorAll(KEYS.map((key) => "[" + key + "]").join(",")));
  }

  function key(part) {
    return KEYS.map((name) => part.getAttribute(name)).join("|");
  }

  function exchange(fresh) {
    const old = parts(document);
    const made = parts(fresh);
    if (old.length !== made.length || old.some((part, place) => key(part) !== key(made[place]))) {
      const main = document.querySelector("main");
      main.replaceWith(document.adoptNode(fresh.querySelector("main")));
      return;
    }
    old.forEach(function (part, place) {
      const next = made[place];
      // A part within a part that was exchanged already is gone from the page.
      if (!part.isConnected || part.outerHTML === next.outerHTML || part.contains(document.activeElement)) return;
      const adopted = document.importNode(next, true);
      adopted.classList.add("stream-changed");
      part.replaceWith(adopted);
    });
  }

  async function refresh() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // The service is away for a moment; the next event brings the page up to date.
    }
    setTimeout(function () {
      busy = false;
      if (again) {
        again = false;
        refresh();
      }
    }, PAUSE_MS);
  }

  // A card leads to its row in words, which may be folded away.
  function unfold() {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    const folded = target ? target.closest("details:not([open])") : null;
    if (folded) {
      folded.open = true;
      target.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  let known = null;
  const events = new EventSource("/stream/events");
  events.addEventListener("open", () => document.documentElement.classList.add("stream-is-live"));
  events.addEventListener("error", () => document.documentElement.classList.remove("stream-is-live"));
  events.addEventListener("changed", function (event) {
    if (known !== null && known !== event.data) refresh();
    known = event.data;
  });
})();
