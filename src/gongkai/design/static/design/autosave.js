/* Keeps what is typed in a form marked data-autosave, every few seconds when it changed and when the page is left. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]");
  var address = document.body.getAttribute("data-autosave-url");
  var status = document.querySelector("[data-autosave-status]");
  if (!form || !address || !window.fetch || !window.URLSearchParams) return;
  var EVERY = 8000;

  function typed() {
    var pairs = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") pairs.append(name, value);
    });
    return pairs.toString();
  }

  var last = typed();
  var sent = false;

  function tell(words) {
    if (status) status.textContent = words;
  }

  function save() {
    var now = typed();
    if (sent || now === last) return;
    last = now;
    fetch(address, {
      method: "POST",
      body: now,
      keepalive: now.length < 60000,
      credentials: "same-origin",
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" }
    }).then(function (answer) {
      return answer.text().then(function (words) {
        if (answer.ok || answer.status === 401 || answer.status === 422) return tell(words);
        last = "";
        tell("没有自动保存成，请存为草稿");
      });
    }).catch(function () {
      last = "";
      tell("连不上服务器，内容还在本页");
    });
  }

  form.addEventListener("submit", function () {
    sent = true;
  });
  window.addEventListener("pageshow", function () {
    sent = false;
  });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") save();
  });
  window.setInterval(save, EVERY);
})();
