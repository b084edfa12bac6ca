// Answers that are saved as one types. Without a script the form's own button saves them.
//
// What is not saved yet also stands in this browser's memory, so that nothing is lost when the
// laptop is closed or the connection is away. Each question is saved for itself, with the version
// that its writer has read: what somebody else wrote meanwhile is shown and never written over.
const form = document.querySelector("[data-answers]");
const PAUSE = 1500;
const AGAIN = 15000;
const words = form.dataset;
const writer = form.querySelector("[name=writer]");
const state = form.querySelector("[data-answers-state]");

class Answer {
  constructor(box) {
    this.box = box;
    this.question = box.dataset.question;
    this.seen = Number(box.dataset.seen);
    this.memory = `answers/${words.reference}/${this.question}`;
    this.controls = [...box.querySelectorAll("textarea, input:not([type=hidden])")];
    this.told = box.querySelector("[data-answer-state]");
    this.saved = this.read();
    this.busy = false;
    for (const control of this.controls) control.addEventListener("input", () => this.note());
    this.restore();
  }

  read() {
    const [first] = this.controls;
    if (first.type === "radio" || first.type === "checkbox") {
      return this.controls.filter((each) => each.checked).map((each) => each.value).join("\n");
    }
    return first.value;
  }

  write(text) {
    const [first] = this.controls;
    if (first.type === "radio" || first.type === "checkbox") {
      const keys = text.split("\n");
      for (const each of this.controls) each.checked = keys.includes(each.value);
    } else {
      first.value = text;
    }
    this.count();
  }

  count() {
    const counter = this.box.querySelector("[data-answer-count]");
    if (!counter) return;
    const length = [...this.read()].length;
    counter.textContent = new Intl.NumberFormat(document.documentElement.lang).format(length);
    this.box.classList.toggle("answer--long", length > Number(this.box.dataset.most));
  }

  note() {
    this.count();
    try {
      localStorage.setItem(this.memory, JSON.stringify({ words: this.read(), seen: this.seen }));
    } catch {
      // A browser without memory: what is typed is still saved by and by.
    }
    this.tell(words.writing);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
    show();
  }

  // What a closed laptop had not sent yet stands in the box again, and is sent with the version
  // that it was written on.
  restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.memory));
    } catch {
      return;
    }
    if (!kept) return;
    if (kept.words === this.saved) {
      localStorage.removeItem(this.memory);
      return;
    }
    this.seen = kept.seen;
    this.write(kept.words);
    this.tell(words.restored);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  get waits() {
    return this.busy || this.read() !== this.saved;
  }

  async save() {
    clearTimeout(this.timer);
    const text = this.read();
    if (this.busy || text === this.saved || this.theirs) return;
    if (!writer.value.trim()) {
      this.tell(words.nameWanted);
      return;
    }
    this.busy = true;
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set("writer", writer.value);
    body.set("question", this.question);
    body.set("words", text);
    body.set("seen", this.seen);
    let answer = null;
    try {
      answer = await fetch(words.save, { method: "POST", body, headers: { Accept: "application/json" } });
    } catch {
      answer = null;
    }
    this.busy = false;
    await this.take(answer, text);
    show();
  }

  async take(answer, text) {
    const told = answer?.headers.get("content-type")?.startsWith("application/json")
      ? await answer.json()
      : null;
    if (!told) {
      // The connection is away, or the session is over: it stays in this browser and is tried again.
      this.tell(words.waiting);
      this.timer = setTimeout(() => this.save(), AGAIN);
      return;
    }
    if (answer.ok) {
      this.seen = told.version;
      this.saved = text;
      if (this.read() === text) localStorage.removeItem(this.memory);
      else this.note();
      this.tell(told.sentence);
    } else {
      this.tell(told.sentence, true);
      if ("theirs" in told) this.compare(told);
    }
  }

  // Both texts, and three ways on: theirs, mine, or mine after I have read theirs.
  compare(told) {
    this.theirs = told;
    const panel = this.box.querySelector("[data-answer-theirs]");
    panel.querySelector("[data-answer-theirs-text]").textContent = told.theirs;
    panel.hidden = false;
    panel.querySelector("[data-answer-ways]").hidden = false;
    const settle = (mine) => {
      this.theirs = null;
      this.seen = told.version;
      this.saved = told.theirs;
      if (!mine) this.write(told.theirs);
      panel.hidden = true;
      this.note();
    };
    panel.querySelector("[data-take-theirs]").onclick = () => settle(false);
    panel.querySelector("[data-take-mine]").onclick = () => settle(true);
  }

  tell(sentence, isFault = false) {
    this.told.textContent = sentence;
    this.told.classList.toggle("answer__state--fault", isFault);
  }
}

const answers = [...form.querySelectorAll("[data-question]")].map((box) => new Answer(box));

function show() {
  const waiting = answers.filter((each) => each.waits).length;
  state.textContent = waiting ? words.notSaved : words.allSaved;
}

for (const each of answers) each.count();
writer.addEventListener("change", () => answers.forEach((each) => each.save()));
addEventListener("online", () => answers.forEach((each) => each.save()));
addEventListener("beforeunload", (event) => {
  if (answers.some((each) => each.waits)) event.preventDefault();
});
form.addEventListener("submit", () => {
  for (const each of answers) each.saved = each.read();
});
show();
