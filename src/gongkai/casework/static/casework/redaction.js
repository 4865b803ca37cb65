/* A box drawn on the page fills in its four numbers. Without script the numbers are typed. */
(function () {
  var page = document.querySelector("[data-draw-box]");
  var form = document.querySelector("[data-box-form]");
  if (!page || !form) { return; }
  var image = page.querySelector("img");
  var frame = document.createElement("div");
  frame.className = "redaction-frame";
  frame.hidden = true;
  page.appendChild(frame);
  var start = null;

  function place(event) {
    var box = image.getBoundingClientRect();
    return {
      x: Math.min(100, Math.max(0, (event.clientX - box.left) / box.width * 100)),
      y: Math.min(100, Math.max(0, (event.clientY - box.top) / box.height * 100))
    };
  }

  function show(end) {
    var sides = {
      left: Math.min(start.x, end.x), top: Math.min(start.y, end.y),
      right: Math.max(start.x, end.x), bottom: Math.max(start.y, end.y)
    };
    frame.hidden = false;
    frame.style.left = sides.left + "%";
    frame.style.top = sides.top + "%";
    frame.style.width = sides.right - sides.left + "%";
    frame.style.height = sides.bottom - sides.top + "%";
    Object.keys(sides).forEach(function (name) {
      form.elements[name].value = sides[name].toFixed(1);
    });
  }

  image.draggable = false;
  page.addEventListener("pointerdown", function (event) {
    start = place(event);
    page.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  page.addEventListener("pointermove", function (event) {
    if (start) { show(place(event)); }
  });
  page.addEventListener("pointerup", function (event) {
    if (start) { show(place(event)); }
    start = null;
  });
}());
