/* 关怀版: remembers the switch. Without script the two links still switch the page through :target,
   it is only not remembered. */
(function () {
  "use strict";
  var KEY = "gongkai-care";
  var root = document.documentElement;

  function remember(on) {
    try {
      if (on) {
        window.localStorage.setItem(KEY, "on");
      } else {
        window.localStorage.removeItem(KEY);
      }
    } catch (error) {
      /* storage forbidden: the switch holds for this page */
    }
  }

  function remembered() {
    try {
      return window.localStorage.getItem(KEY) === "on";
    } catch (error) {
      return false;
    }
  }

  if (remembered()) {
    root.setAttribute("data-care", "on"); /* before the body is drawn, so that nothing jumps */
  }
  document.addEventListener("DOMContentLoaded", function () {
    var enter = document.querySelector(".care-enter");
    var exit = document.querySelector(".care-exit");
    if (!enter || !exit) {
      return;
    }
    enter.addEventListener("click", function (event) {
      event.preventDefault();
      root.setAttribute("data-care", "on");
      remember(true);
      exit.focus();
    });
    exit.addEventListener("click", function () {
      root.removeAttribute("data-care"); /* the link itself goes to #content, so :target ends too */
      remember(false);
    });
  });
})();
