// The choice of a seat, only for the delegations whose seats bear names. Without a script it is always there.
for (const box of document.querySelectorAll("[data-seats-of]")) {
  const keys = box.dataset.seatsOf.split(" ");
  const delegation = document.getElementById("delegation");
  const show = () => {
    box.hidden = !keys.includes(delegation.value);
  };
  delegation.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
