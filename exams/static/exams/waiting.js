// The waiting room: counts down by the server's time and opens the button; a pressed button is not pressed twice.
(function () {
  "use strict";
  const room = document.getElementById("waiting");
  const form = document.getElementById("start");
  const shown = document.getElementById("opens-in");
  if (form) form.addEventListener("submit", () => { form.querySelector("button").disabled = true; });
  // back from the paper: the page must not offer what is over
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (!shown || !form) return;

  // performance.now runs with the page, whatever is done to the computer's clock
  const entry = performance.getEntriesByType("navigation")[0];
  const opensAt = (entry ? entry.responseStart : 0) + Number(room.dataset.opensIn) * 1000;
  const two = (number) => String(number).padStart(2, "0");

  function words(seconds) {
    const hours = Math.floor(seconds / 3600);
    const days = Math.floor(hours / 24);
    const clock = two(hours % 24) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
    return days ? days + " 天 " + clock : clock;
  }

  function tick() {
    const left = Math.ceil((opensAt - performance.now()) / 1000);
    if (left > 0) {
      shown.textContent = words(left);
      return;
    }
    clearInterval(timer);
    shown.textContent = "";
    document.getElementById("opens-words").textContent = "考试已开放，可以开始作答。";
    document.getElementById("say").textContent = "考试已开放，可以开始作答。";
    form.classList.remove("waits");
  }

  const timer = setInterval(tick, 250);
  tick();
})();
