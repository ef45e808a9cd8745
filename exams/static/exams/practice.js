// Practice works without this file: forms post, links lead on. It adds the keyboard, the focus after a card has been
// swapped, and a sentence for who listens. Keys count only while the focus is in the card, so that they are in nobody's way.
(function () {
  "use strict";

  const card = document.getElementById("practice");
  const said = document.getElementById("practice-said");
  if (!card) return;

  const isTyping = (element) => element.matches("textarea, input[type=text], select");
  const isPressed = (element) => element.matches("a, button, summary");

  function place(key) {
    if (/^[1-9]$/.test(key)) return Number(key) - 1;
    return /^[a-h]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : -1;
  }

  // the part in which the focus is, else the first that has no answer yet
  function currentPart(element) {
    const parts = Array.from(card.querySelectorAll("fieldset"));
    return element.closest("fieldset") || parts.find((part) => !part.querySelector("input:checked")) || parts[0];
  }

  function choose(event, number) {
    const part = currentPart(event.target);
    const input = part && part.querySelectorAll(".choice input")[number];
    if (!input) return false;
    input.focus();
    input.click();
    return true;
  }

  function rate(number) {
    const button = card.querySelectorAll(".practice__recall button")[number];
    if (button) button.click();
    return Boolean(button);
  }

  function goOn(event) {
    if (isPressed(event.target)) return false;
    const next = card.querySelector("[data-next]");
    const form = card.querySelector(".practice__form");
    if (next) next.click();
    else if (form) form.querySelector("button[type=submit]").click();
    return Boolean(next || form);
  }

  card.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || isTyping(event.target)) return;
    const number = place(event.key);
    const done = event.key === "Enter" ? goOn(event) : number >= 0 && (choose(event, number) || rate(number));
    if (done) event.preventDefault();
  });

  function tell(words) {
    said.textContent = "";
    window.setTimeout(() => { said.textContent = words; }, 50);
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const told = event.target.closest("[data-said]") || card.querySelector("[data-said]:not(form)");
    if (event.target === card) {
      const head = card.querySelector("[data-focus]");
      window.scrollTo(0, 0);
      if (head) head.focus({ preventScroll: true });
    } else if (told) {
      const button = told.querySelector("button");
      if (button) button.focus();
    }
    tell(told ? told.dataset.said : "");
  });

  // what could not be sent or was answered with an error is said; the page stays as it is
  const failed = document.getElementById("practice-failed");
  ["htmx:sendError", "htmx:responseError"].forEach((name) => document.addEventListener(name, () => { failed.hidden = false; }));
  document.addEventListener("htmx:beforeSwap", () => { failed.hidden = true; });
})();
