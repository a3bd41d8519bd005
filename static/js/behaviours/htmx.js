// How htmx works here: nothing that the policy of the pages forbids, nothing from elsewhere, and no silent failure.
"use strict";

Object.assign(htmx.config, {
  allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, selfRequestsOnly: true,
  historyCacheSize: 0, // the way back asks again: a page may show what its reader may no longer see
});

// When a part of a page cannot be fetched, the whole page is: the browser or the portal then says what is wrong.
// What asks by itself (progress, portions) asks again or has its button.
let leaving = false; // what a page asked for fails when people leave it, and that is no failure
addEventListener("beforeunload", () => { leaving = true; });

for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, ({ detail: { requestConfig, pathInfo } }) => {
    const asked = requestConfig.verb === "get" && requestConfig.triggeringEvent;
    if (asked && !leaving) location.assign(pathInfo.finalRequestPath);
  });
}
