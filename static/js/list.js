// The list while somebody types and ticks. Without a script the button searches, and the boxes are sent as they are.

const found = document.querySelector("[data-found]");
const search = document.querySelector(".form--search");
const field = search.querySelector("input[type=text]");
// So long does nobody pause within a word. In milliseconds.
const PAUSE = 250;
let waiting;
let asked = 0;

const look = async () => {
  const mine = ++asked;
  const sent = new FormData(search);
  sent.append("part", "1");
  const answer = await fetch(search.action, { method: "POST", body: sent, redirect: "error" }).catch(() => null);
  // Slower than the one after it, or signed out meanwhile: the button still works.
  if (mine !== asked || !answer?.ok) return;
  found.innerHTML = await answer.text();
  dress();
};

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
search.addEventListener("submit", () => clearTimeout(waiting));

// The boxes: one for the whole page, and how many are ticked.
const dress = () => {
  const form = found.querySelector("[data-choice]");
  if (!form) return;
  const boxes = [...found.querySelectorAll("input[name=chosen]")];
  const page = form.querySelector("[data-choose-page]");
  const all = form.querySelector("input[name=all]");
  const count = form.querySelector("[data-choice-count]");
  form.querySelector("[data-choice-page]").hidden = false;
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    page.checked = ticked === boxes.length;
    page.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked && !all.checked ? count.dataset.words.replace("{}", ticked) : "";
    for (const box of [page, ...boxes]) box.disabled = all.checked;
  };
  page.addEventListener("change", () => {
    for (const box of boxes) box.checked = page.checked;
    tell();
  });
  all.addEventListener("change", tell);
  found.querySelector("table").addEventListener("change", tell);
  tell();
};
dress();
