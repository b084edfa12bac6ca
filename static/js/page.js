// What pages do better with a script. Each part finds its own elements; without any of it, all works.

// After a refused form: the summary of errors is where one reads on.
document.querySelector("[data-focus]")?.focus();

// English here is British in its dates, as the site's own are: "Friday 1 April".
const ownLanguage = document.documentElement.lang;
const dateLanguage = ownLanguage === "en" ? "en-GB" : ownLanguage;

// The deadline in the reader's own time, where that is another one than the city's.
for (const line of document.querySelectorAll("[data-local-time]")) {
  const at = new Date(line.dataset.localTime);
  const tell = (options) =>
    new Intl.DateTimeFormat(dateLanguage, {
      weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...options,
    }).format(at);
  if (tell({}) !== tell({ timeZone: line.dataset.zone })) {
    line.querySelector("time").textContent = tell({});
    line.hidden = false;
  }
}

// The hours of an agenda in the reader's own time, where that is another one; the day where it is another, too.
for (const line of document.querySelectorAll("[data-local-hours]")) {
  const city = { timeZone: line.dataset.zone };
  const starts = new Date(line.dataset.localHours);
  const tell = (at, options) => new Intl.DateTimeFormat(dateLanguage, options).format(at);
  const hour = (at, zone) => tell(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
  const day = (at, zone) => tell(at, { weekday: "short", day: "numeric", month: "short", ...zone });
  if (hour(starts) === hour(starts, city) && day(starts) === day(starts, city)) continue;
  const ends = line.dataset.until && new Date(line.dataset.until);
  const parts = [ends ? `${hour(starts)}\u00a0–\u00a0${hour(ends)}` : hour(starts)];
  if (day(starts) !== day(starts, city)) parts.unshift(day(starts));
  line.querySelector("[data-local-text]").textContent = parts.join(", ");
  line.hidden = false;
  for (const note of document.querySelectorAll("[data-local-note]")) {
    const named = new Intl.DateTimeFormat(dateLanguage, { timeZoneName: "longGeneric" });
    const name = named.formatToParts(starts).find((part) => part.type === "timeZoneName");
    note.querySelector("[data-local-zone]").textContent = name.value;
    note.hidden = false;
  }
}

// A form on its way: the button says so, and a second click sends nothing.
const sent = new Map();
// The answer to some forms is a file: the page stays, and the next file is asked for with it.
for (const form of document.querySelectorAll("form[method=post]:not([data-download])")) {
  form.addEventListener("submit", (event) => {
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    const words = event.submitter?.querySelector(".button__text");
    sent.set(form, () => {
      if (!words) return;
      words.textContent = said;
      event.submitter.removeAttribute("aria-disabled");
    });
    const said = words?.textContent;
    if (words) {
      words.textContent = event.submitter.dataset.busy;
      event.submitter.setAttribute("aria-disabled", "true");
    }
  });
}
// Back from the next page by the browser's memory: forms can be sent again with all that was typed; a
// page of the desks is asked for anew, since somebody may have signed out meanwhile.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (document.body.classList.contains("is-staff")) location.reload();
  for (const undo of sent.values()) undo();
  sent.clear();
});

// A chosen file: its name and size at once, and a word before ten minutes of sending for nothing.
for (const box of document.querySelectorAll("[data-upload]")) {
  const control = box.querySelector("input[type=file]");
  const told = box.querySelector("[data-upload-chosen]");
  box.classList.add("upload--dressed");
  for (const part of box.querySelectorAll("[data-upload-button], [data-upload-drag]")) part.hidden = false;
  control.addEventListener("change", () => {
    const file = control.files[0];
    told.hidden = !file;
    if (!file) return;
    const tooLarge = file.size > Number(box.dataset.limit);
    const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    told.classList.toggle("upload__chosen--wrong", tooLarge);
    told.textContent = tooLarge
      ? box.dataset.tooLarge
      : `${file.name} (${size.format(file.size / 1e6)}\u00a0MB)`;
    told.setAttribute("role", "status");
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.toggle("upload--over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) {
        control.files = event.dataTransfer.files;
        control.dispatchEvent(new Event("change"));
      }
    });
  }
}
