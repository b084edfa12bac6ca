// How long an answer is, below its field, while it is written. Without a script the hint says the limit.
// Counted as the site counts: in characters, not in the halves of which some consist.
for (const area of document.querySelectorAll("textarea[data-most]")) {
  const most = Number(area.dataset.most);
  const line = document.createElement("p");
  line.className = "field__count";
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const show = () => {
    const length = [...area.value.trim()].length;
    line.textContent = `${numbers.format(length)} / ${numbers.format(most)}`;
    line.classList.toggle("field__count--over", length > most);
  };
  area.after(line);
  area.addEventListener("input", show);
  addEventListener("pageshow", show);
  show();
}
