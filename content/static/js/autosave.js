/* Two gaps of the admin's autosave, closed. It takes the form's measure two seconds after the form opened, so that what
   was typed before counts as saved; and again when an answer arrives, so that what was typed while the request was on
   its way may count as saved, too. Here the form is measured before the first touch and as it was sent. */
(function () {
  "use strict";
  var LEFT_OUT = /^(csrfmiddlewaretoken|loaded_revision_|overwrite_revision_id$|next$|comments-)/;
  var untouched = null; // the form before anybody touched it, until Wagtail watches
  var watched = false;
  var sent = null;

  function form() {
    return document.querySelector("form[data-edit-form]");
  }

  function measure(data, except) {
    return Array.from(data.entries())
      .filter(function (pair) { return !LEFT_OUT.test(pair[0]) && !(except && pair[0] in except); })
      .map(function (pair) { return pair[0] + "=" + (pair[1] instanceof File ? pair[1].name + pair[1].size : pair[1]); })
      .join("\n");
  }

  function measured(except) {
    return measure(new FormData(form()), except);
  }

  function isOurs(event) {
    return form() && form().contains(event.target);
  }

  // unsaved until the next save, whatever Wagtail compares with
  function mark() {
    form().dataset.wUnsavedForceValue = "true";
  }

  function touch(event) {
    if (!watched && untouched === null && isOurs(event)) { untouched = measured(); }
  }

  ["focusin", "pointerdown", "keydown", "paste", "drop"].forEach(function (name) {
    document.addEventListener(name, touch, true);
  });
  // who leaves within the two seconds is asked
  document.addEventListener("input", function (event) {
    if (!watched && untouched !== null && isOurs(event) && untouched !== measured()) {
      form().dataset.wUnsavedHasEditsValue = "true";
    }
  });
  document.addEventListener("w-unsaved:watch-edits", function (event) {
    if (event.target !== form() || watched) { return; }
    watched = true;
    if (untouched !== null && untouched !== measured()) { mark(); }
  });
  document.addEventListener("w-autosave:save", function (event) { sent = event.detail.formData; });
  document.addEventListener("w-autosave:success", function (event) {
    // what the server changed in the form is no edit
    var changed = (event.detail.response || {}).field_updates || {};
    if (sent && measure(sent, changed) !== measured(changed)) { mark(); }
    sent = null;
  });
  // typed before this script was there: only a field that stood in the page can have been
  document.addEventListener("DOMContentLoaded", function () {
    var field = document.activeElement;
    if (form() && form().contains(field) && "defaultValue" in field && field.value !== field.defaultValue) { untouched = ""; }
  });
})();
