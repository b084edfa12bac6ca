// What pages do better with a script. Each part finds its own elements; without any of it, all works.

// After a refused form: the summary of errors is where one reads on.
document.querySelector("[data-focus]")?.focus();

// The deadline in the reader's own time, where that is another one than the city's.
for (const line of document.querySelectorAll("[data-local-time]")) {
  const at = new Date(line.dataset.localTime);
  const tell = (options) =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...options,
    }).format(at);
  if (tell({}) !== tell({ timeZone: line.dataset.zone })) {
    line.querySelector("time").textContent = tell({});
    line.hidden = false;
  }
}

// A form on its way: the button says so, and a second click sends nothing.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button?.dataset.busy) {
      button.setAttribute("aria-disabled", "true");
      button.querySelector(".button__text").textContent = button.dataset.busy;
    }
  });
}
// Back from the next page: the form can be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// A chosen file: its name and size at once, and a word before ten minutes of sending for nothing.
for (const box of document.querySelectorAll("[data-upload]")) {
  const control = box.querySelector("input[type=file]");
  const told = box.querySelector("[data-upload-chosen]");
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
