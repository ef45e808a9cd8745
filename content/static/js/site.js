// The site's one script. Every page is complete without it; it adds copying, suggestions, sheets,
// the hover card of citations, reading size. No inline code, no library, nothing above ES2019.
(function () {
  "use strict";

  const root = document.documentElement;
  const touch = window.matchMedia("(hover: none)").matches;
  const $ = (selector, within) => (within || document).querySelector(selector);
  const $$ = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  // What the reader chose is applied before the first paint, so that nothing jumps.
  const memory = {
    get(key) { try { return localStorage.getItem(key); } catch (error) { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch (error) { /* private window */ } },
  };
  root.classList.add("js");
  if (memory.get("care") === "1") root.setAttribute("data-care", "");
  if (memory.get("size")) root.setAttribute("data-size", memory.get("size"));

  function on(type, selector, handler) {
    document.addEventListener(type, (event) => {
      const target = event.target instanceof Element && event.target.closest(selector);
      if (target) handler(target, event);
    });
  }

  // --- toast and copying ---
  let toastTimer;
  function toast(words) {
    const box = $("#toast");
    box.textContent = words;
    box.hidden = false;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { box.hidden = true; }, 2500);
  }

  // An intranet without TLS has no navigator.clipboard; the old command still works there.
  function copyTheOldWay(text) {
    const area = document.createElement("textarea");
    const before = document.activeElement;
    area.value = text;
    area.className = "visually-hidden";
    document.body.appendChild(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before) before.focus();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copy(text) {
    const modern = navigator.clipboard && window.isSecureContext;
    const done = modern ? navigator.clipboard.writeText(text).catch(() => copyTheOldWay(text)) : copyTheOldWay(text);
    done.then(() => toast("已复制：" + text.slice(0, 40)), () => toast("未能复制，请选中文字后按 Ctrl+C"));
  }

  on("click", "[data-copy]", (button) => copy(button.dataset.copy));

  // --- 关怀版, reading size, printing ---
  const SIZES = ["", "large", "largest"];

  function showCare() {
    const care = root.hasAttribute("data-care");
    $$("[data-care-toggle]").forEach((button) => {
      button.setAttribute("aria-pressed", String(care));
      button.textContent = care ? "标准版" : "关怀版";
    });
  }

  on("click", "[data-care-toggle]", () => {
    root.toggleAttribute("data-care");
    memory.set("care", root.hasAttribute("data-care") ? "1" : "");
    showCare();
  });

  on("click", "[data-size-step]", (button) => {
    const at = SIZES.indexOf(root.getAttribute("data-size") || "") + Number(button.dataset.sizeStep);
    const size = SIZES[Math.max(0, Math.min(SIZES.length - 1, at))];
    root.setAttribute("data-size", size);
    memory.set("size", size);
  });

  on("click", "[data-print]", () => window.print());

  window.addEventListener("beforeprint", () => {
    const now = new Date();
    const time = now.toTimeString().slice(0, 5);
    $$("[data-printed-at]").forEach((place) => {
      place.textContent = now.getFullYear() + "年" + (now.getMonth() + 1) + "月" + now.getDate() + "日 " + time;
    });
  });

  // --- sheets (contents and facets on a phone) ---
  function closeSheets(except) {
    $$(".sheet.is-open").forEach((sheet) => {
      if (sheet === except) return;
      sheet.classList.remove("is-open");
      const button = $('[data-sheet="' + sheet.id + '"]');
      if (button) button.setAttribute("aria-expanded", "false");
    });
  }

  on("click", "[data-sheet]", (button) => {
    const sheet = document.getElementById(button.dataset.sheet);
    const open = sheet.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
    const first = $("a, input, button", sheet);
    if (open && first) first.focus();
  });

  document.addEventListener("click", (event) => {
    const kept = event.target.closest && event.target.closest(".sheet, [data-sheet]");
    if (!kept || event.target.closest(".sheet a[href^='#']")) closeSheets();
  });

  // --- 第N条 ---
  // Full-width digits and 之 are what an input method leaves behind: １２０之一 is typed as 120之1.
  function articleKey(text) {
    return text.normalize("NFKC").replace(/[第条\s]/g, "").replace(/之/g, "-");
  }

  on("submit", "[data-jump]", (form, event) => {
    event.preventDefault();
    const written = form.elements.article.value.trim();
    const bare = articleKey(written);
    // 第三十三条第一款 and the like are the server's to read
    const key = /^\d+(-\d+)?$/.test(bare) ? bare : written;
    if (!key) return toast("请输入条的序号，例如 33 或 120之1");
    if (document.getElementById(key)) location.hash = key;
    else location.href = form.dataset.jump + encodeURIComponent(key) + (form.dataset.query || "");
  });

  // --- the part being read, marked in the contents ---
  function spy() {
    const parts = $$(".toc a[href^='#']")
      .map((link) => ({ link, part: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
      .filter((pair) => pair.part);
    if (!parts.length) return;
    let waiting = false;

    function mark() {
      waiting = false;
      const line = window.innerHeight / 3;
      let current = null;
      let nearest = -Infinity;
      parts.forEach((pair) => {
        const top = pair.part.getBoundingClientRect().top;
        if (top < line && top >= nearest) { nearest = top; current = pair.link; }
      });
      parts.forEach((pair) => { if (pair.link !== current) pair.link.removeAttribute("aria-current"); });
      if (current && !current.hasAttribute("aria-current")) show(current);
    }

    function show(link) {
      link.setAttribute("aria-current", "true");
      const toc = link.closest(".toc");
      const inner = link.closest("details");
      if (inner) inner.open = true;
      const top = link.getBoundingClientRect().top - toc.getBoundingClientRect().top;
      if (top < 0 || top > toc.clientHeight - 40) toc.scrollTop += top - toc.clientHeight / 2;
    }

    window.addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }

  // --- citations: the text in force on hover or focus, a sheet on a phone ---
  const fetched = new Map();
  let card;
  let cardTimer;

  function fetchText(url) {
    if (!fetched.has(url)) fetched.set(url, fetch(url, { credentials: "same-origin" }).then((reply) => (reply.ok ? reply.text() : "")));
    return fetched.get(url);
  }

  function hideCard() {
    clearTimeout(cardTimer);
    if (card) card.hidden = true;
  }

  function placeCard(link) {
    const box = link.getBoundingClientRect();
    const left = Math.min(box.left, root.clientWidth - card.offsetWidth - 16);
    const below = box.bottom + card.offsetHeight + 8 < window.innerHeight;
    card.style.left = window.scrollX + Math.max(16, left) + "px";
    card.style.top = window.scrollY + (below ? box.bottom + 4 : box.top - card.offsetHeight - 4) + "px";
  }

  function fillCard(link, text, isHtml) {
    const parts = { title: ["p", link.textContent], text: ["div", ""], actions: ["p", ""] };
    card.textContent = "";
    Object.keys(parts).forEach((name) => {
      const part = document.createElement(parts[name][0]);
      part.className = "hover-card__" + name;
      part.textContent = parts[name][1];
      card.appendChild(part);
    });
    const body = $(".hover-card__text", card);
    body.classList.toggle("hover-card__text--plain", !isHtml);
    if (isHtml) body.innerHTML = text; else body.textContent = text;
    if (touch) $(".hover-card__actions", card).appendChild(openLink(link));
  }

  function openLink(link) {
    const open = document.createElement("a");
    open.className = "button button--primary";
    open.href = link.href;
    open.textContent = "打开条文";
    return open;
  }

  function showCard(link) {
    const inline = link.parentElement && $(".citation__text", link.parentElement);
    const text = link.dataset.card ? fetchText(link.dataset.card) : Promise.resolve(inline ? inline.textContent : "");
    text.then((words) => {
      if (!words.trim()) return;
      card = card || document.body.appendChild(document.createElement("div"));
      card.className = touch ? "hover-card hover-card--sheet" : "hover-card";
      card.setAttribute("role", "tooltip");
      fillCard(link, words, Boolean(link.dataset.card));
      card.hidden = false;
      if (!touch) placeCard(link);
    }, () => undefined);
  }

  function later(work, delay) {
    clearTimeout(cardTimer);
    cardTimer = setTimeout(work, delay);
  }

  if (touch) {
    on("click", "a[data-card]", (link, event) => { event.preventDefault(); event.stopPropagation(); showCard(link); });
    document.addEventListener("click", (event) => { if (!event.target.closest("a[data-card], .hover-card")) hideCard(); });
  } else {
    on("mouseover", "a[data-card]", (link) => later(() => showCard(link), 250));
    on("mouseout", "a[data-card], .hover-card", () => later(hideCard, 200));
    on("mouseover", ".hover-card", () => clearTimeout(cardTimer));
    on("focusin", "a[data-card]", (link) => { if (link.matches(":focus-visible")) showCard(link); });
    on("focusout", "a[data-card]", hideCard);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hideCard();
    closeSheets();
  });

  // --- search suggestions: never while an input method is composing ---
  function suggestions(form) {
    const input = $("input", form);
    const list = $(".search-form__list", form);
    const said = $(".search-form__said", form);
    let asked = "";
    let timer;

    // What this browser searched for lately, offered while the box is empty; it never leaves the browser.
    const recent = () => { try { return JSON.parse(memory.get("searches") || "[]").slice(0, 8); } catch (error) { return []; } };
    const remember = (query) => memory.set("searches", JSON.stringify([query, ...recent().filter((one) => one !== query)].slice(0, 8)));

    function recall() {
      if (input.value.trim() || !recent().length) return;
      list.textContent = "";
      recent().forEach((query) => list.appendChild(option("最近检索", query, form.action + "?q=" + encodeURIComponent(query))));
      const forget = option("", "清除最近检索", form.action);
      forget.dataset.forget = "";
      list.appendChild(forget);
      open();
    }

    function option(kind, words, href) {
      const made = document.createElement("a");
      made.className = "suggestion";
      made.setAttribute("role", "option");
      made.tabIndex = -1;
      made.href = href;
      [["suggestion__kind", kind], ["suggestion__title", words]].forEach((part) => {
        const span = document.createElement("span");
        span.className = part[0];
        span.textContent = part[1];
        made.appendChild(span);
      });
      return made;
    }

    function forget() {
      memory.set("searches", "[]");
      close();
      input.focus();
    }

    const options = () => $$("[role=option]", list);
    const close = () => { list.hidden = true; said.textContent = ""; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };

    // Ids are this list's own: two boxes may stand on one page. How many there are is said, not only shown.
    function open() {
      options().forEach((one, at) => { one.id = list.id + "-" + at; one.setAttribute("aria-selected", "false"); });
      input.removeAttribute("aria-activedescendant");
      list.hidden = !options().length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = list.hidden ? "没有搜索建议" : options().length + " 条，按上下方向键选择";
    }

    // Only the options are taken, whatever page came back (a login page, an error).
    function show(html) {
      const reply = new DOMParser().parseFromString(html, "text/html");
      list.textContent = "";
      $$("[role=option]", reply).slice(0, 10).forEach((option) => list.appendChild(option));
      open();
    }

    function ask() {
      const query = input.value.trim();
      if (query === asked) return;
      asked = query;
      if (!query) { close(); return recall(); }
      fetch(form.dataset.suggest + "?q=" + encodeURIComponent(query), { credentials: "same-origin" })
        .then((reply) => (reply.ok ? reply.text() : ""))
        .then((html) => { if (asked === query && document.activeElement === input) show(html); }, close);
    }

    function move(step) {
      const all = options();
      const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
      const next = all[at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length];
      all.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
      if (next) { input.setAttribute("aria-activedescendant", next.id); next.scrollIntoView({ block: "nearest" }); }
    }

    function key(event) {
      if (event.isComposing) return;
      if (list.hidden) { if (event.key === "ArrowDown") recall(); return; }
      const chosen = $("[aria-selected=true]", list);
      if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
      else if (event.key === "Enter" && chosen) { event.preventDefault(); chosen.click(); }
      // a search field would empty itself as well: the first Escape only closes the list
      else if (event.key === "Escape") { event.preventDefault(); close(); }
    }

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", (event) => { clearTimeout(timer); if (!event.isComposing) timer = setTimeout(ask, 180); });
    input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 60); });
    input.addEventListener("keydown", key);
    input.addEventListener("click", recall);
    form.addEventListener("submit", () => { if (input.value.trim()) remember(input.value.trim()); });
    input.addEventListener("blur", () => setTimeout(close, 200));
    list.addEventListener("click", (event) => {
      if (!event.target.closest("[data-forget]")) return;
      event.preventDefault();
      forget();
    });
  }

  // --- which queries lead nowhere: what was opened, of which kind and how far down, not by whom ---
  function opened(link) {
    const page = link.closest("[data-clicked]");
    const said = new FormData();
    said.append("q", page.dataset.query);
    said.append("kind", link.closest("[data-kind]").dataset.kind);
    said.append("rank", String($$(".hit__title a", page).indexOf(link) + 1));
    if (navigator.sendBeacon) navigator.sendBeacon(page.dataset.clicked, said);
  }

  on("click", "[data-clicked] [data-kind] .hit__title a", opened);
  on("auxclick", "[data-clicked] [data-kind] .hit__title a", (link, event) => { if (event.button === 1) opened(link); });

  document.addEventListener("DOMContentLoaded", () => {
    showCare();
    spy();
    $$("form[data-suggest]").filter((form) => form.dataset.suggest).forEach(suggestions);
    const wrong = $("[data-focus]");
    if (wrong) wrong.focus();
  });
})();
