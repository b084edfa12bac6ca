// The page of an entry: keys, the passport's size and turn in place, ready sentences, and word of
// who moved the entry meanwhile. Without it the page works by its links and buttons.

const find = (what, within = document) => within.querySelector(what);
const keys = find("[data-keys]");
const decision = find("[name=decision]")?.form;

// The passport. It is turned here and not by the server, which would open the file once more.
const windows = [...document.querySelectorAll("[data-tray-window]")];
const pictures = windows.map((each) => find("img", each));
const steps = [100, 150, 200, 300];
let step = 0;
const zoom = (by) => {
  step = Math.min(steps.length - 1, Math.max(0, step + by));
  for (const picture of pictures) picture.style.width = `${steps[step]}%`;
  for (const each of windows) each.tabIndex = step ? 0 : -1;
};
const turn = async () => {
  for (const picture of pictures) {
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.naturalHeight, picture.naturalWidth];
    const pen = canvas.getContext("2d");
    pen.translate(canvas.width, 0);
    pen.rotate(Math.PI / 2);
    pen.drawImage(picture, 0, 0);
    const before = picture.src;
    const turned = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
    picture.src = URL.createObjectURL(turned);
    if (before.startsWith("blob:")) URL.revokeObjectURL(before);
  }
};
const tools = find("[data-zoom-tools]");
if (tools) tools.hidden = false;
for (const each of document.querySelectorAll("[data-zoom]")) {
  each.addEventListener("click", () => zoom(Number(each.dataset.zoom)));
}
find("[data-turn] a")?.addEventListener("click", (event) => {
  event.preventDefault();
  turn();
});

// A ready sentence goes to the end of the message, once, and can be changed there.
const ready = find("[data-ready]");
if (ready) {
  const list = find("select", ready);
  const add = find("[data-ready-add]", ready);
  const message = decision.elements.reason;
  const put = () => {
    const sentence = list.selectedOptions[0]?.dataset.sentence;
    if (!sentence) return;
    if (!message.value.includes(sentence)) message.value = [message.value.trimEnd(), sentence].filter(Boolean).join("\n");
    list.value = "";
    message.focus();
  };
  add.hidden = false;
  add.addEventListener("click", put);
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    put();
  });
}

// Keys. A single letter counts only outside of fields, and only while they are switched on.
const choose = (value, field) => () => {
  const choice = decision?.querySelector(`[name=decision][value=${value}]`);
  if (!choice) return;
  choice.checked = true;
  (field ? decision.elements[field] : choice).focus();
};
const follow = (name) => () => find(`a[data-key=${name}], [data-key=${name}] a`)?.click();
const actions = {
  j: follow("next"),
  k: follow("previous"),
  c: follow("correct"),
  a: choose("approve"),
  r: choose("return", "ready"),
  d: choose("decline", "reason"),
  n: () => document.getElementById("note")?.focus(),
  t: () => pictures.length && turn(),
  "+": () => zoom(1),
  "-": () => zoom(-1),
  "?": () => {
    keys.open = !keys.open;
    find("summary", keys).focus();
  },
};
// Whether they are used, as this browser remembers it.
const remembered = "keys of the desk";
const isField = (node) => node.matches("input:not([type=radio]):not([type=checkbox]), textarea, select") || node.isContentEditable;
if (keys) {
  const on = find("[data-keys-on]", keys);
  keys.hidden = false;
  on.checked = localStorage.getItem(remembered) !== "off";
  on.addEventListener("change", () => localStorage.setItem(remembered, on.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form[method=post]") ?? decision;
      if (!form) return;
      event.preventDefault();
      form.requestSubmit(find("button[type=submit]", form));
      return;
    }
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

// Who moved the entry meanwhile. Nothing on the page changes but the notice.
const notice = find("[data-moved]");
if (notice) {
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${notice.dataset.moved}?seen=${notice.dataset.seen}`, { redirect: "error" });
      const { version, sentence } = await answer.json();
      if (String(version) === notice.dataset.seen || !sentence) return;
      notice.dataset.seen = version;
      find("[data-moved-words]", notice).textContent = sentence;
      find("[data-moved-box]", notice).hidden = false;
    } catch {
      // No network, or signed out: the next click says so.
    }
  };
  setInterval(ask, 20_000);
  document.addEventListener("visibilitychange", ask);
}
