// Draws a signature into a hidden field, as PNG data. The typed name is what counts; this is optional.
for (const box of document.querySelectorAll("[data-signature]")) {
  const pad = box.querySelector("canvas");
  const kept = box.querySelector("[data-signature-data]");
  const pen = pad.getContext("2d");
  box.hidden = false;

  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    pen.strokeStyle = getComputedStyle(pad).color;
    pen.lineWidth = 6; // the canvas has two pixels for one of the page
    pen.lineCap = pen.lineJoin = "round";
  };
  const place = (event) => {
    const frame = pad.getBoundingClientRect();
    const scale = pad.width / frame.width;
    return [(event.clientX - frame.left) * scale, (event.clientY - frame.top) * scale];
  };
  clear();
  if (kept.value.startsWith("data:image/png;base64,")) {
    const before = new Image();
    before.addEventListener("load", () => pen.drawImage(before, 0, 0));
    before.src = kept.value;
  }

  let drawing = false;
  pad.addEventListener("pointerdown", (event) => {
    drawing = true;
    pad.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
    pen.lineTo(...place(event));
    pen.stroke();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) pen.lineTo(...place(each));
    pen.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    pad.addEventListener(end, () => {
      if (!drawing) return;
      drawing = false;
      kept.value = pad.toDataURL("image/png");
    });
  }
  box.querySelector("[data-clear]").addEventListener("click", () => {
    clear();
    kept.value = "";
  });
}
