// The live board renews its rows every ten seconds while somebody looks at it.
(function () {
  "use strict";
  var board = document.getElementById("board");
  var address = location.pathname + (location.search ? location.search + "&" : "?") + "fragment=1";
  setInterval(function () {
    // who is using the table is not interrupted
    if (document.hidden || board.contains(document.activeElement)) { return; }
    fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "error" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status))); })
      .then(function (html) { board.innerHTML = html; board.classList.remove("is-stale"); })
      .catch(function () { board.classList.add("is-stale"); });
  }, 10000);
})();
