/* A session that ends in the middle of a form of the admin: the text stays on the page, the editor is told, and
   signing in again in another window is enough to go on. Without this the form would keep sending its old token. */
(function () {
  "use strict";
  var addresses = document.currentScript.dataset;
  var quietFor = 60000; // after a minute without typing the session may be over
  var lastTyped = Date.now();
  var banner = null;
  var asking = false;

  function editForm() {
    return document.querySelector("form[data-edit-form]");
  }

  function tell() {
    if (banner || !editForm()) { return; }
    banner = document.createElement("div");
    banner.className = "session-over";
    banner.setAttribute("role", "alert");
    var link = document.createElement("a");
    link.href = addresses.login;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "在新窗口登录";
    banner.append("登录已过期，最近的修改还没有保存。文字仍在本页，请不要关闭；请", link, "，再回到本页继续编辑。");
    document.body.prepend(banner);
  }

  function goOn(token) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = token; });
    if (!banner) { return; }
    banner.remove();
    banner = null;
    if (editForm()) { editForm().dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true })); }
  }

  function ask() {
    if (asking || !editForm()) { return; }
    asking = true;
    // who is not signed in is sent elsewhere
    fetch(addresses.state, { headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual" })
      .then(function (answer) { return answer.ok ? answer.json().then(function (state) { goOn(state.token); }) : tell(); })
      .catch(function () {})
      .finally(function () { asking = false; });
  }

  document.addEventListener("w-autosave:error", ask);
  document.addEventListener("input", function () {
    if (Date.now() - lastTyped > quietFor) { ask(); }
    lastTyped = Date.now();
  });
  window.addEventListener("focus", function () { if (banner) { ask(); } });
  document.addEventListener("visibilitychange", function () { if (banner && !document.hidden) { ask(); } });
  // a full save would end on the sign-in page, and the text would be gone
  document.addEventListener("submit", function (event) {
    if (banner && event.target === editForm()) { event.preventDefault(); event.stopImmediatePropagation(); ask(); }
  }, true);
})();
