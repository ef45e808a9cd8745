// The form of a question: where its basis leads is shown while it is typed, a further line for items comes by itself,
// and leaving with unsaved text is asked about. Everything works without this file, by the buttons.
(() => {
  "use strict";
  const form = document.querySelector("[data-bank-form]");
  if (!form) return;
  const PAUSE = 700; // ms after the last key

  const summary = form.querySelector("[data-bank-focus]");
  if (summary) summary.focus();

  const token = () => form.querySelector("input[name=csrfmiddlewaretoken]").value;

  function watchBasis(place) {
    const field = document.getElementById(place.dataset.basisFor);
    let timer = 0;
    let running = null;
    async function check() {
      if (running) running.abort();
      running = new AbortController();
      const body = new URLSearchParams({ basis: field.value, question: place.dataset.question, field: place.dataset.field });
      try {
        const answer = await fetch(place.dataset.check, {
          method: "POST", body, signal: running.signal, headers: { "X-CSRFToken": token() }, credentials: "same-origin",
        });
        if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
        else document.dispatchEvent(new Event("w-autosave:error")); // perhaps signed out: session.js asks and tells
      } catch (error) {
        if (error.name !== "AbortError") place.textContent = "没有连上服务器，依据暂时没有核对；保存时会再核对。";
      }
    }
    const soon = (event) => {
      if (event.isComposing) return; // an input method is still putting the words together
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE);
    };
    field.addEventListener("input", soon);
    field.addEventListener("compositionend", soon);
  }
  form.querySelectorAll("[data-basis-for]").forEach(watchBasis);

  form.addEventListener("input", (event) => {
    const lines = form.querySelectorAll("input[name=items]");
    const last = lines[lines.length - 1];
    if (event.target !== last || !last.value) return;
    const next = last.cloneNode();
    next.value = "";
    next.setAttribute("aria-label", `第 ${lines.length + 1} 个事项`);
    last.after(next);
  });

  let typed = "typed" in form.dataset;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", (event) => {
    if (!event.submitter || event.submitter.formTarget !== "_blank") typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
})();
