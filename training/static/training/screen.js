// The projector: asks the server for what is to be shown, and shows how long it lasts by the page's own running time.
(function () {
  "use strict";
  const EVERY = 3000;
  const screen = document.getElementById("screen");
  const now = document.getElementById("screen-now");
  const lost = document.getElementById("screen-lost");
  const full = document.getElementById("screen-full");
  let endsAt = 0;

  // performance.now runs with the page, whatever the computer's clock says
  function shown() {
    const part = now.querySelector("[data-left]");
    endsAt = part ? performance.now() + Number(part.dataset.left) * 1000 : 0;
    tick();
  }

  function tick() {
    const bar = now.querySelector("progress");
    if (bar) bar.value = Math.max(0, (endsAt - performance.now()) / 1000);
  }

  async function ask() {
    try {
      const answer = await fetch(screen.dataset.url, { cache: "no-store", credentials: "same-origin" });
      if (answer.redirected || answer.status === 403 || answer.status === 404) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      now.innerHTML = text;
      lost.hidden = true;
      shown();
    } catch (error) {
      lost.hidden = false;
    }
    // a new code is fetched when the old one ends, not up to three seconds later
    const left = endsAt - performance.now();
    setTimeout(ask, left > 0 && left < EVERY ? left + 60 : EVERY);
  }

  if (document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener("click", () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    });
  }
  shown();
  setInterval(tick, 100);
  setTimeout(ask, Math.min(EVERY, Math.max(60, endsAt - performance.now() + 60)));
})();
