// Reads QR codes with the camera into a text field and submits its form, as a scanner that types would. Only where the
// browser can read codes by itself; elsewhere the button stays hidden and the code is typed.
//
// form[data-scan] with a text field `code`, button[data-scan-start] hidden, button[data-scan-stop] hidden,
// video[data-scan-picture] hidden, [data-scan-said] role=status; data-denied: what to say when the camera is not allowed.
"use strict";

const EVERY = 250; // milliseconds
const SAME_CODE = 5_000; // so long a code that stays before the camera is read once

for (const form of document.querySelectorAll("form[data-scan]")) prepare(form);

async function prepare(form) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const start = form.querySelector("[data-scan-start]");
  const stop = form.querySelector("[data-scan-stop]");
  const picture = form.querySelector("[data-scan-picture]");
  const said = form.querySelector("[data-scan-said]");
  let stream = null;
  let last = { code: "", at: 0 };

  start.hidden = false;
  start.addEventListener("click", open);
  stop.addEventListener("click", close);
  addEventListener("pagehide", close);

  async function open() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      if (said) said.textContent = form.dataset.denied ?? "";
      return;
    }
    picture.srcObject = stream;
    show(true);
    picture.play().catch(() => {}); // closed before it began
    look();
  }

  function close() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    picture.srcObject = null;
    show(false);
  }

  function show(open) {
    picture.hidden = stop.hidden = !open;
    start.hidden = open;
    if (said) said.textContent = "";
  }

  async function look() {
    if (!stream) return;
    try {
      const [found] = await detector.detect(picture);
      if (found) heard(found.rawValue);
    } catch {
      // no picture yet: the next look may have one
    }
    setTimeout(look, EVERY);
  }

  function heard(code) {
    const now = Date.now();
    const same = code === last.code && now - last.at < SAME_CODE;
    last = { code, at: now };
    if (same) return;
    form.elements.code.value = code;
    form.requestSubmit();
    navigator.vibrate?.(80);
  }
}
