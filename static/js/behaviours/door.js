// Beside checkin.js: keeps "37 of 52 here" true while rows change, and keeps the search on the page, which may be offline.
//
// [data-door-count] with the words of data-words, where %here% and %all% stand for the numbers; data-others: how many of
// all have no row here. form[data-door-search] searches on the page: its button is for browsers without scripts.
"use strict";

for (const place of document.querySelectorAll("[data-door-count]")) {
  const rows = Array.from(document.querySelectorAll("[data-checkin-row]"));
  const hereAtFirst = Number(place.dataset.here) - count(rows);
  const tell = () => {
    const here = hereAtFirst + count(rows);
    place.textContent = place.dataset.words.replace("%here%", here).replace("%all%", place.dataset.all);
  };
  const watch = new MutationObserver(tell);
  for (const row of rows) watch.observe(row, { attributeFilter: ["data-state"] });
}

for (const form of document.querySelectorAll("form[data-door-search]")) {
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll("button")) button.hidden = true;
}

function count(rows) {
  return rows.filter((row) => ["arrived", "arriving"].includes(row.dataset.state)).length;
}
