/* While the wish is typed: asks what is public already and shows it under the field. The text goes in the body of a
   POST and is kept nowhere. Without this script the same is shown on a page of its own after the question. */
(function () {
  "use strict";
  var place = document.querySelector("[data-typing]");
  if (!place || !window.fetch || !window.AbortController) return;

  var PAUSE = 700, LEAST = 6;
  var form = place.closest("form"), field = form.elements.info_desc;
  var found = place.querySelector("[data-typing-found]"), said = place.querySelector("[data-typing-said]");
  var timer = 0, asked = "", going = null;

  function show(html) {
    var section = new DOMParser().parseFromString(html, "text/html").querySelector("[data-said]");
    while (found.firstChild) found.removeChild(found.firstChild);
    if (section) found.appendChild(section);
    var words = section ? section.getAttribute("data-said") : "";
    if (said.textContent !== words) said.textContent = words; // said again only when it has changed
  }

  function ask() {
    var text = field.value.trim();
    if (text === asked) return;
    asked = text;
    if (going) going.abort();
    if (text.length < LEAST) return show("");
    going = new AbortController();
    var body = new URLSearchParams({ key: form.elements.key.value, text: text });
    fetch(place.getAttribute("data-typing"), { method: "POST", body: body, credentials: "same-origin", signal: going.signal })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { if (field.value.trim() === text) show(html); })
      .catch(function () { /* aborted or offline: the page of its own comes all the same */ });
  }

  function soon(event) {
    if (event.isComposing) return; // pinyin that is not a word yet
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  place.hidden = false;
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  form.addEventListener("submit", function () { clearTimeout(timer); if (going) going.abort(); });
  if (field.value.trim()) soon({});
})();
