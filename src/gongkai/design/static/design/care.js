/* 关怀版: remembers the switch. Without script the switch still works on the page, it is only not remembered. */
(function () {
  "use strict";
  var KEY = "gongkai-care";
  var root = document.documentElement;
  var remembered = null;
  try {
    remembered = window.localStorage.getItem(KEY);
  } catch (error) {
    return; /* storage forbidden: behave as without script */
  }
  if (remembered === "on") {
    root.setAttribute("data-care", "on"); /* before the body is drawn, so that nothing jumps */
  }
  document.addEventListener("DOMContentLoaded", function () {
    var toggle = document.getElementById("care-toggle");
    if (!toggle) {
      return;
    }
    toggle.checked = remembered === "on";
    toggle.addEventListener("change", function () {
      if (toggle.checked) {
        root.setAttribute("data-care", "on");
        window.localStorage.setItem(KEY, "on");
      } else {
        root.removeAttribute("data-care");
        window.localStorage.removeItem(KEY);
      }
    });
  });
})();
