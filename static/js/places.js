// What the form asks of some delegations alone: the choice of a named seat, the copy of the passport. Without a
// script all of it is there, and the server judges by the delegation that was chosen.
//   data-for="ar bo": shown for these; with data-for-nobody also while nothing is chosen.
//   data-not-for="ar bo": shown for all others, once one is chosen.
const delegation = document.getElementById("delegation");
const boxes = document.querySelectorAll("[data-for], [data-not-for]");

function show() {
  for (const box of boxes) {
    const keys = (box.dataset.for ?? box.dataset.notFor).split(" ");
    const isNamed = keys.includes(delegation.value);
    if (box.dataset.notFor !== undefined) box.hidden = isNamed || !delegation.value;
    else box.hidden = !isNamed && !("forNobody" in box.dataset && !delegation.value);
  }
}

delegation.addEventListener("change", show);
addEventListener("pageshow", show);
show();
