// The page of findings works without this file. It adds: N jumps to the next open finding, a
// selection in the text fills the form for what the scan missed, and the focus goes on after a decision.
(function () {
  "use strict";

  function openEntries() {
    return Array.from(document.querySelectorAll(".findings-entry.is-open"));
  }

  function show(entry) {
    if (!entry) return;
    entry.focus();
    entry.scrollIntoView({ block: "nearest" });
    var mark = document.getElementById("at-" + entry.id.slice(2) + "-1");
    if (mark) mark.scrollIntoView({ block: "center" });
  }

  function next() {
    var entries = openEntries();
    var current = document.activeElement ? document.activeElement.closest(".findings-entry") : null;
    show(entries[entries.indexOf(current) + 1] || entries[0]);
  }

  function isTyping(element) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() === "n" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      event.preventDefault();
      next();
    }
  });

  document.addEventListener("mouseup", function (event) {
    var field = document.getElementById("add-original");
    if (!field || !event.target.closest || !event.target.closest("[data-selectable]")) return;
    var range = window.getSelection();
    var copy = range.rangeCount ? range.getRangeAt(0).cloneContents() : null;
    if (!copy) return;
    copy.querySelectorAll(".finding-sign, small").forEach(function (extra) { extra.remove(); });
    var words = copy.textContent.trim();
    if (words.length > 1 && words.length <= 200) field.value = words;
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id === "findings" || document.getElementById("findings")) next();
  });
})();
