// Saves a step of a request by itself, to the same address and by the same rules as its button. Without it the
// button does everything.
"use strict";

const EVERY = 20_000; // milliseconds

for (const form of document.querySelectorAll("form[data-draft]")) {
  const status = form.querySelector("[data-draft-status]");
  let known = text(form);
  let sleeping = false; // nothing more is saved by itself
  let sending = null; // the saving that is under way

  setInterval(() => { sending ??= save().finally(() => { sending = null; }); }, EVERY);
  form.addEventListener("submit", async (event) => {
    sleeping = true;
    if (!sending) return;
    event.preventDefault(); // let it end first: it brings the version that the button has to send
    await sending;
    form.requestSubmit(event.submitter);
  });

  async function save() {
    const now = text(form);
    if (sleeping || now === known) return;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(now),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      await heard(answer, now);
    } catch {
      say(form.dataset.unreachable);
    }
  }

  async function heard(answer, sent) {
    if (answer.status === 401 || answer.status === 403) {
      sleeping = true;
      say(form.dataset.signedOut);
    } else if (answer.status === 409) {
      sleeping = true;
      say(form.dataset.overtaken);
    } else if (answer.ok) {
      const told = await answer.json();
      form.elements.version.value = told.version;
      form.elements.seen.value = told.seen;
      known = text(form, new URLSearchParams(sent));
      say(told.words);
    } else {
      say(form.dataset.unreachable);
    }
  }

  function say(words) {
    if (status && words) status.textContent = words;
  }
}

// What the form would send. `typed` takes the place of what stands in it now: changes made meanwhile stay unsaved.
function text(form, typed) {
  const all = new URLSearchParams();
  for (const [name, value] of typed ?? new FormData(form)) {
    if (typeof value === "string" && name !== "stay") all.append(name, value);
  }
  if (typed) {
    all.set("version", form.elements.version.value);
    all.set("seen", form.elements.seen.value);
  }
  return all.toString();
}
