// The page of a sitting. Every change is numbered, kept in this browser until the server says it has it, sent at once
// and sent again until then. The time is the server's. ES2019, no library, no inline code.
(function () {
  "use strict";

  const $ = (selector, within) => (within || document).querySelector(selector);
  const $$ = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const address = document.currentScript.dataset;
  const start = JSON.parse($("#sitting-state").textContent);
  const paper = $("#paper");

  const PAUSE = 800; // ms without typing after which text is a change
  const PATIENCE = 5000; // ms of typing after which it is one all the same
  const HEARTBEAT = 15000;
  const ANSWER_WITHIN = 15000;
  const BACK_OFF = [1000, 2000, 4000, 8000, 15000];
  const HAND_IN_SPREAD = 5000; // hundreds whose time ends together do not come in the same instant
  const TEXTS = ["fill", "short"];
  const LETTERS = "ABCDEFGH";

  // --- what is kept in this browser ---------------------------------------------------------------------------------
  const name = "exam:" + start.account + ":" + start.sitting;
  const kept = {
    get(key) { try { return localStorage.getItem(name + (key || "")); } catch (error) { return null; } },
    set(key, value) { try { localStorage.setItem(name + (key || ""), value); } catch (error) { /* full or private */ } },
    remove(key) { try { localStorage.removeItem(name + (key || "")); } catch (error) { /* private */ } },
  };

  // --- items --------------------------------------------------------------------------------------------------------
  const items = new Map();
  $$(".q", paper).forEach((box) => {
    const no = Number(box.dataset.no);
    const inputs = $$("[name=q" + no + "]", box);
    items.set(no, {
      no, box, inputs, kind: box.dataset.kind, flag: $("[name=f" + no + "]", box), state: $(".q__state", box),
      answer: "", flagged: false, seq: 0, acked: 0, fault: "", timer: 0, typedSince: 0,
    });
  });
  const all = () => Array.from(items.values());
  const unsaved = () => all().filter((item) => item.seq > item.acked);
  let locked = false;
  let finished = false;

  function read(item) {
    const chosen = item.inputs.filter((input) => input.checked).map((input) => input.value);
    if (item.kind === "short") return item.inputs[0].value;
    if (item.kind === "fill") return item.inputs.map((input) => input.value);
    return item.kind === "document" ? chosen.map(Number) : chosen.join("");
  }

  function write(item) {
    const answer = item.answer;
    if (item.kind === "short") item.inputs[0].value = answer;
    else if (item.kind === "fill") item.inputs.forEach((input, n) => { input.value = answer[n] || ""; });
    else item.inputs.forEach((input) => { input.checked = isChosen(item, input.value); });
    item.flag.checked = item.flagged;
  }

  // What an untouched item holds; a cleared fill-in comes from the server without its blanks.
  function blank(item) {
    if (item.kind === "fill") return item.inputs.map(() => "");
    return item.kind === "document" ? [] : "";
  }

  function isChosen(item, value) {
    return item.kind === "document" ? item.answer.includes(Number(value)) : item.answer.includes(value);
  }

  function isAnswered(item) {
    return Array.isArray(item.answer) ? item.answer.some((one) => String(one).trim()) : Boolean(item.answer.trim());
  }

  function keep() {
    const open = {};
    unsaved().forEach((item) => {
      open[item.no] = { seq: item.seq, answer: item.answer, flagged: item.flagged, base: item.acked };
    });
    if (Object.keys(open).length) kept.set("", JSON.stringify({ lease: start.lease, items: open }));
    else kept.remove("");
  }

  // A change is written down here before anything else happens to it.
  function change(item) {
    clearTimeout(item.timer);
    item.typedSince = 0;
    const answer = read(item);
    if (JSON.stringify(answer) === JSON.stringify(item.answer) && item.flag.checked === item.flagged) return;
    item.answer = answer;
    item.flagged = item.flag.checked;
    item.fault = "";
    item.seq = Math.max(item.seq, item.acked) + 1;
    keep();
    show(item);
    send();
  }

  function typed(item) {
    clearTimeout(item.timer);
    item.typedSince = item.typedSince || performance.now();
    if (performance.now() - item.typedSince > PATIENCE) return change(item);
    item.timer = setTimeout(change, PAUSE, item);
  }

  // Answers of a page that died before the server had them: taken up when nobody has written in between.
  function takeUp() {
    let left;
    try { left = JSON.parse(kept.get("") || "null"); } catch (error) { left = null; }
    if (!left || !left.items) return;
    let passedOver = 0;
    Object.keys(left.items).forEach((no) => {
      const item = items.get(Number(no));
      const old = left.items[no];
      if (!item || old.seq <= item.acked) return;
      if (left.lease < start.lease - 1 && old.base !== item.acked) { passedOver += 1; return; }
      item.answer = old.answer;
      item.flagged = old.flagged;
      item.seq = old.seq;
    });
    if (passedOver) tell("这台电脑上有 " + passedOver + " 题未上传的旧答案；你已在另一处改过这些题，旧答案没有采用。");
  }

  // --- the server's clock -------------------------------------------------------------------------------------------
  const navigation = performance.getEntriesByType("navigation")[0];
  let endsAt = (navigation ? navigation.responseStart : 0) + start.remaining * 1000;
  const WARNINGS = [15, 5, 1];
  let warned = WARNINGS.filter((minutes) => start.remaining <= minutes * 60);

  function setClock(remaining, sentAt) {
    const now = performance.now();
    endsAt = now + remaining * 1000 - (now - sentAt) / 2;
    warned = warned.filter((minutes) => remaining <= minutes * 60); // extended: it may be said again
  }

  function tick() {
    if (finished) return;
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(left / 3600);
    $("#time").textContent = (hours ? hours + ":" : "") + two(Math.floor(left / 60) % 60) + ":" + two(left % 60);
    $("#time").classList.toggle("is-short", left <= 300);
    if (locked) return;
    WARNINGS.forEach((minutes) => {
      if (left > minutes * 60 || warned.includes(minutes)) return;
      warned.push(minutes);
      say("还剩 " + minutes + " 分钟");
    });
    if (!left) timeIsUp();
    else if (!offlineSince && performance.now() - lastContact > HEARTBEAT) send();
  }

  // --- what is said -------------------------------------------------------------------------------------------------
  function say(words) { $("#say").textContent = words; }

  function tell(words) {
    $("#exam-notice-words").textContent = words;
    $("#exam-notice").hidden = false;
  }

  function show(item) {
    const isOpen = item.seq > item.acked;
    item.state.textContent = item.fault || (isOpen ? "未保存" : item.acked ? "已保存" : "");
    item.box.classList.toggle("is-unsaved", isOpen || Boolean(item.fault));
    showCard(item, isOpen || Boolean(item.fault));
    showSaved();
  }

  let savedAt = "";
  let wasOffline = false;
  function showSaved() {
    const open = unsaved().length;
    const box = $("#save-state");
    box.classList.toggle("is-offline", offlineSince > 0);
    if (offlineSince) box.textContent = open ? "离线，" + open + " 题待传" : "离线，已存的答案有效";
    else if (open) box.textContent = "正在保存 " + open + " 题";
    else if (savedAt) box.textContent = "已保存 " + savedAt;
    const isOffline = offlineSince > 0;
    if (isOffline !== wasOffline) say(isOffline ? "已离线，可以继续作答，答案存在本机" : "已恢复连接，答案已上传");
    wasOffline = isOffline;
  }

  // --- talking to the server ----------------------------------------------------------------------------------------
  let inFlight = false;
  let retry = 0;
  let failures = 0;
  let offlineSince = 0;
  let lastContact = performance.now();
  let events = [];

  function post(url, body, keepalive) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), ANSWER_WITHIN);
    return fetch(url, {
      method: "POST", body: JSON.stringify(body), keepalive: Boolean(keepalive), signal: giveUp.signal, cache: "no-store",
      credentials: "same-origin", headers: { "Content-Type": "application/json", "X-Sitting": start.slip },
    }).then((answer) => {
      if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
      return answer.json();
    }).finally(() => clearTimeout(timer));
  }

  function posted(list) {
    return list.map((item) => ({ no: item.no, seq: item.seq, answer: item.answer, flagged: item.flagged }));
  }

  function send(keepalive) {
    if (inFlight || locked || finished) return;
    clearTimeout(retry);
    const sent = posted(unsaved());
    const told = events;
    const sentAt = performance.now();
    inFlight = true;
    events = [];
    const body = { items: sent, events: told.map((one) => ({ kind: one.kind, ago: (sentAt - one.at) / 1000 })) };
    post(address.save, body, keepalive).then((reply) => {
      inFlight = false;
      received(reply, sent, sentAt);
      if (!locked && !finished && unsaved().length) send();
    }, () => {
      inFlight = false;
      events = told.concat(events).slice(-20);
      failed();
    });
  }

  function failed() {
    offlineSince = offlineSince || performance.now();
    const pause = BACK_OFF[Math.min(failures, BACK_OFF.length - 1)];
    failures += 1;
    retry = setTimeout(send, pause * (0.75 + Math.random() / 2));
    showSaved();
  }

  function received(reply, sent, sentAt) {
    lastContact = performance.now();
    if (offlineSince) events.push({ kind: "reconnected", at: performance.now() });
    failures = offlineSince = 0;
    settle(reply, sent);
    if (reply.done) return over(reply);
    if (reply.refusal) return lock(reply.refusal, reply.state === "open");
    setClock(reply.remaining, sentAt);
    // the server holds less than it had acknowledged (it was restored from a copy): it gets everything again
    if (reply.total !== undefined && reply.total < all().reduce((sum, item) => sum + item.acked, 0)) sendEverything();
    if (!unsaved().length) savedAt = reply.at;
    showSaved();
  }

  function settle(reply, sent) {
    const seqs = reply.seqs || {};
    sent.forEach((one) => {
      const item = items.get(one.no);
      const held = seqs[one.no] || 0;
      const fault = (reply.faults || {})[one.no];
      if (fault && item.seq === one.seq) { item.fault = fault; say(fault); item.acked = item.seq; }
      // held under this number with another answer: another page counted alike
      else if ((reply.again || []).includes(one.no) || held > one.seq) item.seq = Math.max(item.seq, held + 1);
      else if (held === one.seq) item.acked = Math.max(item.acked, held);
      show(item);
    });
    keep();
  }

  function sendEverything() {
    all().forEach((item) => { if (item.seq) { item.acked = 0; show(item); } });
    keep();
    send();
  }

  function over(reply) {
    finished = true;
    enable(false);
    if (!reply.refusal || !unsaved().length) kept.remove("");
    location.replace(reply.done || address.done);
  }

  function lock(words, mayTakeOver) {
    locked = true;
    enable(false);
    tell(words);
    $("#exam-take").hidden = !mayTakeOver;
    $("#save-state").textContent = "只能查看";
    closeHandIn();
    window.scrollTo(0, 0);
  }

  function enable(on) {
    $$("input, textarea", paper).forEach((input) => { input.disabled = !on; });
    $("#hand-in-open").disabled = !on;
  }

  // --- handing in ---------------------------------------------------------------------------------------------------
  let handingIn = false;
  let handInFailures = 0;

  function handIn(automatic) {
    if (finished || locked || (handingIn && !automatic)) return;
    handingIn = true;
    all().forEach(change);
    if (inFlight) return setTimeout(() => { handingIn = false; handIn(automatic); }, 200);
    const sent = posted(unsaved());
    const sentAt = performance.now();
    $("#hand-in-state").textContent = "正在交卷……";
    post(address.handIn, { items: sent, automatic: Boolean(automatic) }).then((reply) => {
      handingIn = false;
      received(reply, sent, sentAt);
    }, () => {
      handingIn = false;
      const pause = BACK_OFF[Math.min(handInFailures, BACK_OFF.length - 1)];
      handInFailures += 1;
      offlineSince = offlineSince || performance.now();
      showSaved();
      $("#hand-in-state").textContent = "没有连上服务器，答案存在本机，正在重试；请不要关闭页面。";
      if (automatic) tell("时间到。没有连上服务器，正在重试；请不要关闭页面。");
      if (automatic || !$("#hand-in").hidden) setTimeout(handIn, pause, automatic);
    });
  }

  let isUp = false;
  function timeIsUp() {
    if (isUp) return;
    isUp = true;
    all().forEach(change);
    enable(false);
    closeHandIn();
    say("时间到，正在交卷");
    tell("时间到，正在交卷……");
    const spread = Math.min(HAND_IN_SPREAD, Number(address.grace) * 1000 / 3);
    setTimeout(handIn, Math.random() * spread, true);
  }

  function openHandIn() {
    all().forEach(change);
    const missing = all().filter((item) => !isAnswered(item)).map((item) => item.no);
    const flagged = all().filter((item) => item.flagged).map((item) => item.no);
    const words = missing.length ? "还有 " + missing.length + " 题没有作答：" : "已全部作答。";
    $("#hand-in-words").textContent = "共 " + items.size + " 题，" + words;
    const places = $("#hand-in-open-items");
    places.textContent = "";
    missing.forEach((no) => places.append(jump(no)));
    if (flagged.length) places.append("标记的题：", ...flagged.map(jump));
    $("#hand-in-state").textContent = "交卷后不能再修改。";
    $("#hand-in").hidden = false;
    $("#hand-in-yes").focus();
  }

  function closeHandIn() {
    if ($("#hand-in").hidden) return;
    $("#hand-in").hidden = true;
    if (!$("#hand-in-open").disabled) $("#hand-in-open").focus();
  }

  function jump(no) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = String(no);
    button.setAttribute("aria-label", "回到第 " + no + " 题");
    button.addEventListener("click", () => { closeHandIn(); goTo(no); });
    return button;
  }

  // --- the answer card and the current question ---------------------------------------------------------------------
  const cells = new Map();
  let current = 0;

  function buildCard() {
    $$(".paper__section", paper).forEach((section) => {
      const heading = document.createElement("h3");
      heading.textContent = $(".paper__title", section).firstChild.textContent.trim();
      const grid = document.createElement("p");
      grid.className = "answer-card__grid";
      $$(".q", section).forEach((box) => {
        const link = document.createElement("a");
        link.href = "#" + box.id;
        link.textContent = box.dataset.no;
        cells.set(Number(box.dataset.no), link);
        grid.append(link);
      });
      $("#answer-card-grid").append(heading, grid);
    });
  }

  function showCard(item, isOpen) {
    const cell = cells.get(item.no);
    const states = [["is-answered", isAnswered(item), "已答"], ["is-flagged", item.flagged, "已标记"], ["is-unsaved", isOpen, "未保存"]];
    states.forEach(([css, is]) => cell.classList.toggle(css, is));
    const words = states.filter((state) => state[1]).map((state) => state[2]);
    cell.setAttribute("aria-label", "第 " + item.no + " 题，" + (words.join("，") || "未答"));
    $("#progress").textContent = all().filter(isAnswered).length + "/" + items.size;
  }

  function setCurrent(no) {
    if (!items.has(no) || no === current) return;
    current = no;
    $$(".is-current, .has-current").forEach((part) => part.classList.remove("is-current", "has-current"));
    const box = items.get(no).box;
    box.classList.add("is-current");
    $$(".paper__section, .paper__case", paper).forEach((part) => part.classList.toggle("has-current", part.contains(box)));
    cells.get(no).classList.add("is-current");
    const numbers = Array.from(items.keys());
    $("#previous").disabled = no === numbers[0];
    $("#next").disabled = no === numbers[numbers.length - 1];
  }

  function goTo(no) {
    if (!items.has(no)) return;
    setCurrent(no);
    const box = items.get(no).box;
    box.scrollIntoView({ block: "start" });
    box.focus({ preventScroll: true });
  }

  function step(by) {
    const numbers = Array.from(items.keys());
    goTo(numbers[numbers.indexOf(current) + by]);
  }

  // --- keyboard -----------------------------------------------------------------------------------------------------
  function pick(item, place) {
    const input = TEXTS.includes(item.kind) || item.kind === "document" ? null : item.inputs[place];
    if (!input || input.disabled) return false;
    input.focus();
    input.click();
    return true;
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!$("#hand-in").hidden) return inDialog(event);
    const target = event.target;
    if (target.tagName === "TEXTAREA" || (target.tagName === "INPUT" && target.type === "text")) return;
    const item = items.get(current);
    const key = event.key.toUpperCase();
    let done = true;
    if (event.key === "ArrowRight") step(1);
    else if (event.key === "ArrowLeft") step(-1);
    else if (key === "M" && item && !item.flag.disabled) item.flag.click();
    else if (/^[1-8]$/.test(key) && item) done = pick(item, Number(key) - 1);
    else if (key.length === 1 && LETTERS.includes(key) && item) done = pick(item, LETTERS.indexOf(key));
    else done = false;
    if (done) event.preventDefault();
  }

  function inDialog(event) {
    if (event.key === "Escape") return closeHandIn();
    if (event.key !== "Tab") return;
    const stops = $$("button", $("#hand-in")).filter((button) => !button.disabled);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }

  // --- another tab of this browser ----------------------------------------------------------------------------------
  const me = String(Math.random()).slice(2);
  function watchTabs() {
    window.addEventListener("storage", (event) => {
      if (!event.key || !event.newValue || locked || finished) return;
      if (event.key === name + ":ask" && !event.newValue.startsWith(me)) kept.set(":here", me + ":" + start.lease + ":" + performance.now());
      if (event.key === name + ":here" && event.newValue.split(":")[1] === String(start.lease) && asking) {
        lock("这份答卷已在本浏览器的另一个标签页中打开。", true);
      }
      if (event.key === name + ":lease" && Number(event.newValue) > start.lease) lock("这份答卷正在另一处作答，本页不再接受修改。", true);
    });
    kept.set(":lease", String(start.lease));
    kept.set(":ask", me + ":" + performance.now());
    setTimeout(() => { asking = false; }, 1000);
  }
  let asking = true;

  // the answer to a pressed start button gets the paper's own address
  if (location.pathname !== address.page) history.replaceState(null, "", address.page);

  // --- begin --------------------------------------------------------------------------------------------------------
  all().forEach((item) => { item.answer = blank(item); });
  start.items.forEach((known) => {
    const item = items.get(known.no);
    item.answer = known.answer.length ? known.answer : blank(item);
    item.flagged = known.flagged;
    item.seq = item.acked = known.seq;
  });
  takeUp();
  buildCard();
  all().forEach((item) => { write(item); show(item); });
  setCurrent(Number(location.hash.slice(2)) || Array.from(items.keys())[0]);

  paper.addEventListener("submit", (event) => event.preventDefault());
  paper.addEventListener("change", (event) => { const item = itemOf(event); if (item) change(item); });
  paper.addEventListener("input", (event) => {
    const item = itemOf(event);
    if (item && TEXTS.includes(item.kind) && !event.isComposing && event.target !== item.flag) typed(item);
  });
  paper.addEventListener("compositionend", (event) => { const item = itemOf(event); if (item) typed(item); });
  paper.addEventListener("focusin", (event) => { const item = itemOf(event); if (item) setCurrent(item.no); });
  paper.addEventListener("pointerdown", (event) => { const item = itemOf(event); if (item) setCurrent(item.no); });
  function itemOf(event) {
    const box = event.target.closest(".q");
    return box && items.get(Number(box.dataset.no));
  }

  $("#answer-card").addEventListener("click", (event) => {
    const cell = event.target.closest(".answer-card__grid a");
    if (!cell) return;
    event.preventDefault();
    goTo(Number(cell.textContent));
  });
  $("#previous").addEventListener("click", () => step(-1));
  $("#next").addEventListener("click", () => step(1));
  $("#hand-in-open").addEventListener("click", openHandIn);
  $("#hand-in-yes").addEventListener("click", () => handIn(false));
  $("#hand-in-no").addEventListener("click", closeHandIn);
  document.addEventListener("keydown", onKey);
  window.addEventListener("online", () => send());
  window.addEventListener("beforeunload", (event) => {
    if (finished || locked || !unsaved().length) return;
    event.preventDefault();
    event.returnValue = "";
  });
  document.addEventListener("visibilitychange", () => {
    if (finished || locked) return;
    if (document.hidden) all().forEach(change);
    events.push({ kind: document.hidden ? "left" : "returned", at: performance.now() });
    send(document.hidden);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  watchTabs();
  // hundreds start together: without anything to send the first contact need not be in the same second
  if (unsaved().length) send();
  else retry = setTimeout(send, 2000 + Math.random() * 3000);
  setInterval(tick, 500);
  tick();
})();
