/* 发稿: the text as it will look, with what Word and WPS put on the clipboard kept as structure.
   Without script the page has its plain text field; the server reads and cleans either in the same way. */
(function () {
  "use strict";
  var TAGS = { P: 1, BR: 1, H2: 1, H3: 1, H4: 1, STRONG: 1, EM: 1, U: 1, SUP: 1, SUB: 1, UL: 1, OL: 1, LI: 1,
    TABLE: 1, CAPTION: 1, TBODY: 1, TR: 1, TH: 1, TD: 1, A: 1, IMG: 1 };
  var SAME = { B: "STRONG", I: "EM", H1: "H2", H5: "H4", H6: "H4", DIV: "P", THEAD: "TBODY", TFOOT: "TBODY" };
  var SILENT = { SCRIPT: 1, STYLE: 1, HEAD: 1, XML: 1, META: 1, LINK: 1, TEMPLATE: 1, IFRAME: 1, OBJECT: 1, SVG: 1, MATH: 1, TITLE: 1 };
  var KEPT = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"], IMG: ["src", "alt"] };
  var SAFE = /^(https?:|mailto:|\/(?!\/)|data:image\/(png|jpe?g|gif);base64,)/i;
  var HTML = /<(p|br|h[1-6]|table|div|ul|ol|span|strong|img)\b[^>]*>/i;

  /* The nodes of a foreign tree as plain nodes of our own: only the tags and attributes named above. */
  function copy(from, into) {
    Array.prototype.forEach.call(from.childNodes, function (node) {
      if (node.nodeType === 3) {
        into.appendChild(document.createTextNode(node.nodeValue));
        return;
      }
      var name = node.nodeType === 1 ? node.nodeName.toUpperCase() : "";
      if (!name || SILENT[name]) return;
      var tag = SAME[name] || name;
      if (name === "DIV" && node.querySelector("p,div,table,ul,ol,h1,h2,h3,h4")) tag = "";
      if (name === "P" && into.nodeName === "P") tag = "";
      if (!TAGS[tag]) {
        copy(node, into);
        return;
      }
      var made = document.createElement(tag);
      (KEPT[tag] || []).forEach(function (attribute) {
        var value = node.getAttribute(attribute);
        if (value && (attribute !== "href" && attribute !== "src" || SAFE.test(value.trim()))) made.setAttribute(attribute, value.trim());
      });
      if (tag === "IMG" && !made.getAttribute("src")) return;
      copy(node, made);
      into.appendChild(made);
    });
    return into;
  }

  function cleaned(text) {
    /* A parsed document is not part of the page: nothing in it is loaded or run. Dress and handlers go before,
       or a browser would report each as a breach of the page's policy. */
    var plain = text
      .replace(/<(style|script|head|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
      .replace(/<[a-z][^>]*>/gi, function (tag) {
        return tag.replace(/[\s"'/](style|on\w+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, " ");
      });
    return copy(new DOMParser().parseFromString(plain, "text/html").body, document.createElement("div"));
  }

  function lines(text) {
    var box = document.createElement("div");
    text.split(/\r?\n/).forEach(function (line) {
      if (!line.trim()) return;
      var made = document.createElement("p");
      made.textContent = line;
      box.appendChild(made);
    });
    return box;
  }

  Array.prototype.forEach.call(document.querySelectorAll("textarea[data-rich]"), function (field) {
    var label = document.querySelector('label[for="' + field.id + '"]');
    var page = document.createElement("div");
    page.className = "rich";
    page.contentEditable = "true";
    page.setAttribute("role", "textbox");
    page.setAttribute("aria-multiline", "true");
    if (label) {
      label.id = label.id || field.id + "_label";
      page.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", function () { page.focus(); });
    }
    if (field.getAttribute("aria-describedby")) page.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));

    function show() {
      var made = HTML.test(field.value) ? cleaned(field.value) : lines(field.value);
      page.textContent = "";
      while (made.firstChild) page.appendChild(made.firstChild);
    }

    function keep() {
      field.value = page.textContent.trim() || page.querySelector("img") ? cleaned(page.innerHTML).innerHTML : "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    page.addEventListener("paste", function (event) {
      var board = event.clipboardData;
      if (!board) return;
      var html = board.getData("text/html");
      var made = html ? cleaned(html) : lines(board.getData("text/plain"));
      if (!made.firstChild) return;
      event.preventDefault();
      document.execCommand("insertHTML", false, made.innerHTML);
      keep();
    });
    page.addEventListener("drop", function (event) { event.preventDefault(); });
    page.addEventListener("input", keep);
    /* Whoever sets the field (a kept draft) is shown. */
    field.addEventListener("change", show);
    show();
    field.hidden = true;
    field.parentNode.insertBefore(page, field);
    try { document.execCommand("defaultParagraphSeparator", false, "p"); } catch (error) { /* an old browser */ }
  });

  Array.prototype.forEach.call(document.querySelectorAll("[data-read-on-choice]"), function (chooser) {
    var button = chooser.parentNode.querySelector('button[value="read"]');
    chooser.addEventListener("change", function () {
      if (chooser.files.length && button) button.click();
    });
  });
})();
