// Check-in at the door: marks a person at once, keeps what is not sent yet on this device, and sends it again until the
// server has answered. Without this file every form posts by itself.
//
// The page
//   [data-checkin-page=EVENT]           around everything; its data-… attributes hold the words (see below)
//   form[data-checkin]                  one for each person, with the fields `event_id` and `registration`;
//                                       data-checkin="undo" takes an arrival back, and is hidden until there is one
//   form[data-checkin-code]             one with `event_id` and a text field `code`: typed, or read by a scanner
//   [data-checkin-row=REGISTRATION]     a person's row, with data-name, data-code (what their QR code says), and
//                                       data-state: "arrived" or empty, and here also "arriving" and "leaving"
//     [data-checkin-said]               where the row says its state
//   input[data-checkin-search]          narrows the rows; [data-checkin-none] shows when none is left
//   [data-checkin-status]               role=status: how many wait, and why
//   [data-checkin-refused]              a list of what the server refused, until the page is loaded again
//
// The request: POST to the form's address, form-encoded: csrfmiddlewaretoken; event_id; registration (uuid) or code;
//   scan (a uuid made here, one for each act: the server does nothing the second time and answers the same); at (the
//   device's clock, ISO 8601 with zone: of two acts on one person the later one counts, whichever comes first). Accept: application/json tells it from a plain form.
// The answer: 200 {"scan": as sent, "registration": uuid, "words": "…"}: done, now or before. Only an answer that gives
//   back `scan` counts, because the page of a hotel's network also answers 200.
//   400, 404, 409, 410, 422 {"words": "…"}: refused for good, shown, not sent again.
//   401, 403, or a redirect: signed out; everything is kept until somebody signs in and loads the page.
//   Anything else, or nothing in 15 seconds: sent again after 1, 2, 4 … 30 seconds, or after Retry-After.
//
// The words, as attributes of the page: data-waiting-one, -few, -other ("%d waiting to be sent"), data-said-waiting,
//   data-said-undoing, data-said-already, data-unreachable, data-signed-out.
"use strict";

const PATIENCE = 15_000; // milliseconds
const LONGEST_WAIT = 30_000;
const REFUSED = [400, 404, 409, 410, 422];

for (const page of document.querySelectorAll("[data-checkin-page]")) {
  const rows = Array.from(page.querySelectorAll("[data-checkin-row]"));
  narrowing(page, rows);
  const store = storage(`checkin:${page.dataset.checkinPage}:`);
  if (store) desk(page, rows, store);
}

// -- the page: what is clicked, typed or scanned, and what is shown
function desk(page, rows, store) {
  const words = page.dataset;
  const plural = new Intl.PluralRules(document.documentElement.lang || "en");
  const others = "BroadcastChannel" in window ? new BroadcastChannel(store.prefix) : null; // the same page in other tabs
  const outbox = sender(page, store, { settled, refused, changed: say });
  const heard = new Map(); // row: what the server said last, here or in another tab
  let news = "";

  page.addEventListener("submit", (event) => {
    const form = event.target;
    const fields = {};
    for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken") fields[name] = value;
    if (form.matches("[data-checkin]")) act(event, form, form.closest("[data-checkin-row]"), fields);
    else if (form.matches("[data-checkin-code]")) typed(event, form, fields);
  });

  function typed(event, form, fields) {
    fields.code = fields.code.trim();
    if (!fields.code) return event.preventDefault();
    const row = rows.find((one) => one.dataset.code === fields.code);
    if (row) fields.registration = row.dataset.checkinRow;
    act(event, form, row, fields);
    if (!event.defaultPrevented) return;
    form.reset();
    form.elements.code.focus();
    if (!row) return;
    row.hidden = false; // the search may have hidden it
    row.scrollIntoView({ block: "nearest" });
  }

  function act(event, form, row, fields) {
    if (outbox.stopped()) return; // the plain form leads to where one signs in; what waits stays
    const undo = form.dataset.checkin === "undo";
    const done = row && (undo ? ["", "leaving"] : ["arriving", "arrived"]).includes(row.dataset.state);
    const name = row?.dataset.name ?? fields.code;
    try {
      news = !undo && row?.dataset.state === "arrived" ? `${name}: ${words.saidAlready}` : "";
      if (row ? !done : !typedBefore(fields.code)) {
        store.keep(form, { name, undo, row: row?.dataset.checkinRow ?? "" }, fields);
      }
    } catch {
      return; // the storage is full: the form posts by itself
    }
    event.preventDefault();
    if (row && !done) mark(row, undo ? "leaving" : "arriving");
    say();
    outbox.send();
  }

  function typedBefore(code) {
    return store.list().some((entry) => entry.fields.code === code && !entry.row);
  }

  function settled(entry, told) {
    news = told.words ?? "";
    tell({ row: told.registration ?? entry.row, state: entry.undo ? "" : "arrived", words: told.words });
  }

  function refused(entry, told) {
    tell({ row: entry.row, state: entry.undo ? "arrived" : "", words: told.words });
    const list = page.querySelector("[data-checkin-refused]");
    if (!list) return;
    list.appendChild(document.createElement("li")).textContent = `${entry.name}: ${told.words}`;
    list.hidden = false;
  }

  function tell(told) {
    hear(told);
    others?.postMessage(told);
  }

  function hear(told) {
    heard.set(told.row, told);
    show(told);
  }

  // A row shows what waits for it, or else what the server said last.
  function show(told) {
    const row = rows.find((one) => one.dataset.checkinRow === told.row);
    const last = row && store.list().filter((entry) => entry.row === told.row).at(-1);
    if (last) mark(row, last.undo ? "leaving" : "arriving");
    else if (row) mark(row, told.state, told.words);
  }

  function mark(row, state, said) {
    row.dataset.state = state;
    const here = state === "arriving" || state === "arrived";
    for (const form of row.querySelectorAll("form[data-checkin]")) {
      if (form.dataset.checkin === "undo") form.hidden = !here;
      else for (const button of form.querySelectorAll("button")) button.disabled = here;
    }
    const place = row.querySelector("[data-checkin-said]");
    if (place) place.textContent = said ?? { arriving: words.saidWaiting, leaving: words.saidUndoing }[state] ?? "";
  }

  function say() {
    const status = page.querySelector("[data-checkin-status]");
    const count = store.list().length;
    const form = plural.select(count);
    const line = words[`waiting${form[0].toUpperCase()}${form.slice(1)}`] ?? words.waitingOther ?? "%d";
    const parts = count ? [news, line.replace("%d", count), outbox.trouble()] : [news];
    const text = parts.filter(Boolean).join(" ");
    if (status && status.textContent !== text) status.textContent = text;
    page.dataset.waiting = count;
  }

  others?.addEventListener("message", (event) => { hear(event.data); say(); });
  // Word from another tab may arrive before what it did to the storage: then this looks again.
  addEventListener("storage", () => { heard.forEach(show); say(); });
  for (const entry of store.list()) show(entry);
  say();
  outbox.send();
  addEventListener("online", outbox.again);
  addEventListener("pageshow", outbox.again);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) outbox.again(); });
}

// -- what waits: one entry of the storage for each arrival, so that two tabs do not overwrite each other
function storage(prefix) {
  try {
    localStorage.setItem(`${prefix}probe`, "");
    localStorage.removeItem(`${prefix}probe`);
  } catch {
    return null; // closed by the browser: every form posts by itself
  }

  function read(name) {
    try {
      const entry = JSON.parse(localStorage.getItem(name));
      return entry?.scan && entry.fields ? entry : null;
    } catch {
      return null; // not ours
    }
  }

  return {
    prefix,
    list() {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
      return names.map(read).filter(Boolean).sort((one, other) => one.order - other.order);
    },
    keep(form, about, fields) {
      const entry = {
        ...about, // name and row, to show it; undo
        scan: uuid(),
        order: Date.now(),
        action: form.getAttribute("action") || location.pathname,
        fields: { ...fields, at: new Date().toISOString() },
      };
      localStorage.setItem(prefix + entry.scan, JSON.stringify(entry));
    },
    drop(entry) {
      localStorage.removeItem(prefix + entry.scan);
    },
  };
}

// -- the network: one after the other, and one tab at a time where the browser can promise that
function sender(page, store, told) {
  let failures = 0;
  let trouble = ""; // why the last try did not succeed
  let stopped = false; // signed out
  let sending = false;
  let timer = null;

  async function send() {
    if (sending || stopped || !store.list().length) return;
    sending = true;
    clearTimeout(timer);
    let wait = 1000;
    const alone = async (lock) => { if (lock) wait = await round(); };
    try {
      if (navigator.locks) await navigator.locks.request(store.prefix, { ifAvailable: true }, alone);
      else await alone(true);
    } finally {
      sending = false;
      told.changed();
      if (!stopped && store.list().length) timer = setTimeout(send, wait);
    }
  }

  // Tries every entry once; two failures one after the other end the round. Gives back how long to wait for the next.
  async function round() {
    const tried = new Set();
    let wait = 0;
    let missed = 0;
    const next = () => store.list().find((entry) => !tried.has(entry.scan));
    for (let entry = next(); entry && missed < 2 && !stopped; entry = next()) {
      tried.add(entry.scan);
      const asked = await one(entry);
      missed = asked === null ? 0 : missed + 1;
      if (asked !== null) wait = Math.max(wait, asked);
      told.changed();
    }
    failures = wait ? failures + 1 : 0;
    if (!wait && !stopped) trouble = "";
    return wait;
  }

  // Null when the entry is settled, otherwise how many milliseconds to wait.
  async function one(entry) {
    let answer;
    let said;
    try {
      answer = await fetch(entry.action, request(entry));
      said = await answer.json().catch(() => null);
    } catch {
      return failed();
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      stopped = true;
      trouble = page.dataset.signedOut;
      return 0;
    }
    const done = answer.ok && said?.scan === entry.scan;
    if (!done && !(REFUSED.includes(answer.status) && said?.words)) {
      return failed(Number(answer.headers.get("Retry-After")) * 1000);
    }
    store.drop(entry);
    if (done) told.settled(entry, said);
    else told.refused(entry, said);
    return null;
  }

  function request(entry) {
    const csrf = page.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? ""; // of this page, not of the day before
    return {
      method: "POST",
      body: new URLSearchParams({ ...entry.fields, scan: entry.scan, csrfmiddlewaretoken: csrf }),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    };
  }

  function failed(asked) {
    trouble = page.dataset.unreachable;
    const grown = Math.min(1000 * 2 ** failures, LONGEST_WAIT);
    return Math.max(asked || 0, grown * (0.8 + 0.4 * Math.random())); // not every phone at the same instant
  }

  return {
    send,
    again() {
      failures = 0;
      send();
    },
    stopped: () => stopped,
    trouble: () => trouble,
  };
}

// -- the search: hidden without this file, which it needs
function narrowing(page, rows) {
  const search = page.querySelector("input[data-checkin-search]");
  if (!search) return;
  const texts = rows.map((row) => folded(`${row.dataset.name ?? ""} ${row.textContent}`));
  search.addEventListener("input", () => {
    const wanted = folded(search.value).split(" ");
    rows.forEach((row, index) => { row.hidden = !wanted.every((word) => texts[index].includes(word)); });
    const none = page.querySelector("[data-checkin-none]");
    if (none) none.hidden = rows.some((row) => !row.hidden);
  });
  search.closest("[hidden]")?.removeAttribute("hidden");
}

// Small letters without marks, ș and ş alike.
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only on https and localhost
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
