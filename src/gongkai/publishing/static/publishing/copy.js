/* Copies a field's text at one press. Without script the fields are selected and copied by hand. */
document.querySelectorAll("[data-copy]").forEach(function (button) {
  button.hidden = false;
  button.addEventListener("click", function () {
    var field = document.getElementById(button.dataset.copy);
    field.focus();
    field.select();
    document.execCommand("copy"); // the clipboard API wants https, which an office network may not have
    button.firstChild.textContent = "已复制";
  });
});
