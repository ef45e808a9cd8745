// Rows of an edition are moved by dragging; the order of the rows is what the form sends. Without it the buttons do.
(function () {
  "use strict";
  var list = document.querySelector("[data-arrange]");
  if (!list) return;
  var dragged = null;

  function row(event) {
    var found = event.target.closest ? event.target.closest("li[draggable=true]") : null;
    return found && found.parentNode === list ? found : null;
  }

  list.addEventListener("dragstart", function (event) {
    // text fields keep their own dragging
    if (event.target.closest && event.target.closest("input, textarea")) return;
    dragged = row(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("is-dragged");
  });

  list.addEventListener("dragover", function (event) {
    var over = row(event);
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    var box = over.getBoundingClientRect();
    var after = event.clientY > box.top + box.height / 2;
    list.insertBefore(dragged, after ? over.nextSibling : over);
  });

  list.addEventListener("drop", function (event) {
    if (dragged) event.preventDefault();
  });

  list.addEventListener("dragend", function () {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    dragged = null;
    list.classList.add("is-moved");
  });
})();
