// The editor of a paper: what the bank has for the plan is asked for again while somebody types.
(function () {
  "use strict";
  var form = document.getElementById("plan"), report = document.getElementById("plan-report");
  if (!form || !report || !window.fetch) return;
  var waiting = null, asked = 0;

  function ask() {
    var number = ++asked;
    fetch(form.dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (reply) { return reply.ok ? reply.text() : Promise.reject(); })
      .then(function (html) { if (number === asked) report.innerHTML = html; })
      .catch(function () { /* the last report stays; saving checks again */ });
  }

  form.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });
})();
