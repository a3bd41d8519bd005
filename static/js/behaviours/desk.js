// Keys of the Board's desk: n goes to the next file; on the page of several votes j and k walk the requests and
// 1, 2, 3, 0 choose for the request in focus. Nothing is sent by a key, and every page works without this file.
"use strict";

const typing = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])") !== null;

function walk(rows, step) {
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function choose(rows, key) {
  const row = rows.find((one) => one.contains(document.activeElement));
  const control = row && row.querySelector(`input[data-key="${key}"]`);
  if (control) control.checked = true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const rows = Array.from(document.querySelectorAll("[data-ballots] .votes > li"));
  if (rows.length && (event.key === "j" || event.key === "k")) walk(rows, event.key === "j" ? 1 : -1);
  else if (rows.length && "0123".includes(event.key)) choose(rows, event.key);
  else if (event.key === "n") document.querySelector("a[data-next]")?.click();
  else if ("123".includes(event.key)) document.querySelector(`[data-ballot] button[data-key="${event.key}"]`)?.focus();
});

for (const words of document.querySelectorAll(".keys")) words.hidden = false;
