// The door's page. A scan is kept here, as the badge's code and the moment, until the site has answered for it:
// so nothing is lost while the connection is away, and a scan may be told twice, which changes nothing.
const door = document.getElementById("door");
const form = door.querySelector("form");
const field = form.querySelector("input[name=text]");
const part = (name) => door.querySelector(`[data-${name}]`);
const say = (name) => door.getAttribute(`data-say-${name}`);
const [result, told, waiting] = [part("result"), part("told"), part("waiting")];
const KEY = `door-scans:${door.dataset.meeting}`;
const POLL = 10_000; // milliseconds between two looks at the numbers
const TYPING = 250; // milliseconds without a key before a search
// A badge's address or code, a letter's, or a number; the separators may be those of another keyboard.
const CODE = /(^|[^0-9A-Z])[0-9A-HJKMNP-TV-Z]{26}$|^[0-9A-Z]{1,12}[^0-9A-Z]{1,3}[0-9A-HJKMNP-TV-Z]{8}$/i;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
};
const write = (scans) => {
  localStorage.setItem(KEY, JSON.stringify(scans));
  waiting.hidden = scans.length === 0 || !isAway;
  waiting.textContent =
    scans.length === 1 ? say("waiting-one") : say("waiting-many").replace("{number}", scans.length);
};
// What a reader of the screen hears: the same words twice are told twice.
const tell = (words) => {
  told.textContent = "";
  setTimeout(() => (told.textContent = words), 50);
};
const note = (kind, word, sentence) => {
  const box = document.createElement("div");
  box.className = `guest guest--${kind}`;
  for (const [name, text] of [["guest__word", word], ["guest__sentence", sentence]]) {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = text;
    box.append(line);
  }
  result.replaceChildren(box);
  tell(`${word}. ${sentence}`);
};

let isAway = false; // whether the last word from the site is that there is none
let isSending = false;
class Away extends Error {}
class SignedOut extends Error {}

async function ask(address, fields) {
  const body = fields && new URLSearchParams({ ...fields, csrf_token: token().value });
  let answer;
  try {
    answer = await fetch(address, { method: body ? "POST" : "GET", body, redirect: "manual", cache: "no-store" });
  } catch {
    throw new Away();
  }
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (!answer.ok) throw new Away(); // a fault of the site, or a token that is too old: once more, later
  return answer.json();
}
const token = () => form.querySelector("[name=csrf_token]");

async function send() {
  if (isSending) return;
  isSending = true;
  try {
    for (let scan; (scan = read()[0]); ) {
      const late = scan.tried ? { waited: Math.max(0, Math.round((Date.now() - scan.at) / 1000)) } : {};
      write(read().map((each, place) => (place === 0 ? { ...each, tried: true } : each)));
      const answer = await ask(door.dataset.scan, { code: scan.code, ...late });
      const isLast = read().length === 1;
      const wasAway = isAway;
      isAway = false;
      write(read().slice(1));
      result.innerHTML = answer.html;
      const name = result.querySelector(".guest__name")?.textContent ?? "";
      const place = result.querySelector(".guest__delegation")?.textContent ?? "";
      const end = wasAway && isLast ? ` ${say("sent")}` : "";
      tell([name, place, answer.told].filter(Boolean).join(", ") + end);
      look();
    }
  } catch (fault) {
    stay(fault);
  }
  isSending = false;
}
const stay = (fault) => {
  if (!(fault instanceof Away || fault instanceof SignedOut)) throw fault;
  isAway = true;
  write(read());
  if (fault instanceof SignedOut) note("failure", say("kept-word"), say("signed-out"));
  else if (read().length) note("attention", say("kept-word"), say("kept"));
};

// The moment is the tablet's own; the site is told how long ago it was, so a wrong clock does no harm.
const keep = (text) => {
  const code = text.trim().split("/").at(-1);
  write([...read(), { code, at: Date.now(), tried: isAway }]);
  send();
};
const ready = () => {
  field.value = "";
  field.focus();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopImmediatePropagation(); // page.js would let no second form through
  clearTimeout(typing);
  const text = field.value.trim();
  if (CODE.test(text)) {
    keep(text);
    ready();
  } else search(text);
}, { capture: true });

let typing, asked = 0;
field.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => CODE.test(field.value.trim()) || search(field.value.trim()), TYPING);
});
async function search(text) {
  const own = ++asked;
  if (!text) return;
  try {
    const answer = await ask(door.dataset.search, { text });
    if (own === asked && field.value.trim() === text) result.innerHTML = answer.html;
  } catch (fault) {
    isAway = true;
    write(read());
    if (fault instanceof SignedOut) stay(fault);
    else if (own === asked) note("attention", say("kept-word"), say("no-code"));
  }
}
// A button beside a name that was found: kept and sent as a scan of the number is.
result.addEventListener("click", (event) => {
  const button = event.target.closest("[data-arrival]");
  if (!button) return;
  event.preventDefault();
  keep(button.dataset.arrival);
  ready();
});

async function look() {
  try {
    const numbers = await ask(door.dataset.numbers);
    const all = { came: numbers.delegations, expected: numbers.expected };
    for (const [name, counts] of Object.entries(all))
      for (const [key, number] of Object.entries(counts)) {
        const place = document.querySelector(`[data-${name}="${key}"]`);
        if (place) place.textContent = number;
      }
    for (const each of document.querySelectorAll("[name=csrf_token]")) each.value = numbers.token;
    isAway = false;
    write(read());
    send();
  } catch (fault) {
    stay(fault);
  }
}
setInterval(look, POLL);
addEventListener("online", look);
addEventListener("offline", () => {
  isAway = true;
  write(read());
});

// The camera, where the browser reads codes by itself.
const [start, picture] = [part("camera"), part("picture")];
const video = picture.querySelector("video");
async function open_camera() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    note("attention", say("kept-word"), say("no-camera"));
    return;
  }
  video.srcObject = stream;
  picture.hidden = false;
  start.hidden = true;
  await video.play();
  let last = "";
  setInterval(async () => {
    const [found] = await detector.detect(video).catch(() => []);
    const code = found?.rawValue ?? "";
    if (code && code !== last && CODE.test(code)) keep(code);
    if (code) last = code; // held before the camera, it is one scan
  }, 400);
}
const formats = "BarcodeDetector" in globalThis ? await_formats() : Promise.resolve([]);
function await_formats() {
  return BarcodeDetector.getSupportedFormats().catch(() => []);
}
formats.then((known) => {
  const can = known.includes("qr_code") && Boolean(navigator.mediaDevices);
  start.hidden = !can;
  part("no-detector").hidden = can;
});
start.addEventListener("click", open_camera);

write(read());
field.focus();
look();
