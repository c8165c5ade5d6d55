// The clerk's keys. In the table: j, k, x, a to what can be done with the chosen ones, Enter opens,
// f to the filters, /. In a case: j, k or Tab to the next field, Enter confirms, Esc leaves a field as it was and, outside of fields,
// takes the last save back, n next case; the page's own keys are in viewer.js.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg", queue = document.getElementById("queue"), fields = document.getElementById("fields");
  function typing(e) { return /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName); }
  function step(list, now, by) { var i = list.indexOf(now); return list[Math.min(list.length - 1, Math.max(0, i < 0 ? 0 : i + by))]; }

  if (queue) {
    var rows = Array.prototype.slice.call(queue.querySelectorAll("[data-row]")), here = rows[0];
    here.classList.add("here");
    var move = function (by) {
      here.classList.remove("here");
      here = step(rows, here, by); here.classList.add("here"); here.querySelector("a").focus();
    };
    var boxes = Array.prototype.slice.call(queue.querySelectorAll("[name=case]")), all = document.getElementById("all"), bar = document.getElementById("chosen");
    var count = function () {
      var n = boxes.filter(function (b) { return b.checked; }).length;
      document.getElementById("chosen-n").textContent = String(n);
      bar.hidden = !n;
      all.checked = n === boxes.length;
      all.indeterminate = n > 0 && n < boxes.length;
      boxes.forEach(function (b) { b.closest("tr").classList.toggle("picked", b.checked); });
    };
    all.addEventListener("change", function () { boxes.forEach(function (b) { b.checked = all.checked; }); count(); });
    queue.addEventListener("change", count);
    count();
    document.addEventListener("keydown", function (e) {
      if ((typing(e) && e.target.type !== "checkbox") || e.ctrlKey || e.metaKey || e.altKey) { return; }
      if (e.key === "x") { var b = here.querySelector("[name=case]"); b.checked = !b.checked; count(); }
      else if (e.key === "j") { move(1); } else if (e.key === "k") { move(-1); }
      else if (e.key === "a" && !bar.hidden) { e.preventDefault(); bar.querySelector("button").focus(); }
      else if (e.key === "Escape" && !bar.hidden) { boxes.forEach(function (b) { b.checked = false; }); count(); here.querySelector("a").focus(); }
      else if (e.key === "Enter" && e.target === document.body) { here.querySelector("a").click(); }
      else if (e.key === "f") { e.preventDefault(); document.getElementById("programme").focus(); }
      else if (e.key === "/") { e.preventDefault(); document.getElementById("q").focus(); }
    });
  }
  // what was just done to many cases
  var undoAll = document.getElementById("undo-all");
  if (undoAll) { document.addEventListener("keydown", function (e) { if (e.key === "Escape" && !typing(e)) { undoAll.click(); } }); }
  if (!fields) { return; }
  // a link to the files unfolds them, and so does coming back from adding one; what unfolds is seen
  document.getElementById("files").addEventListener("toggle", function (e) { e.target.scrollIntoView({ block: "nearest", behavior: "instant" }); });
  if (location.hash === "#files") { document.getElementById("files").open = true; }
  document.addEventListener("click", function (e) { if (e.target.closest("a[href='#files']")) { document.getElementById("files").open = true; } });
  var JUMPS = { g: "to-findings", s: "to-letter", p: "to-why", f: "to-forms" };

  // The page on the left follows the field on the right (viewer.js).
  var viewer = window.viewer;
  function look(field) {
    fields.querySelectorAll(".here").forEach(function (f) { f.classList.remove("here"); });
    field.classList.add("here");
    if (viewer) { viewer.show(field.dataset); }
  }

  // j and k go on from a value that nobody has begun to change; in one with small letters, as an address of mail, they are typed
  function passing(b) { var f = b.closest("form.field"); return Boolean(f) && b.value === b.dataset.was && !/[a-z]/.test(b.value) && (b.value !== "" || "doubt" in f.dataset); }

  function shown() { return Array.prototype.filter.call(fields.querySelectorAll("form.field"), function (f) { return f.offsetParent !== null; }); }
  function box(field) { return field.querySelector("input:not([type=hidden]), textarea, select, button"); }
  function goTo(field) { if (field) { var b = box(field); b.focus(); if (b.tagName === "INPUT") { b.select(); } } }
  fields.addEventListener("focusin", function (e) { var f = e.target.closest("form.field"); if (f) { look(f); } });
  fields.addEventListener("keydown", function (e) {
    var f = e.target.closest("form.field");
    if (!f) { return; }
    if (e.key === "Escape") {
      e.stopPropagation();
      f.querySelectorAll(".proposal").forEach(function (p) { p.remove(); });
      if (e.target.dataset.was !== undefined) { e.target.value = e.target.dataset.was; }
      e.target.blur();
    }
    if (e.key === "Enter" && e.target.tagName !== "BUTTON" && !e.shiftKey) { e.preventDefault(); f.requestSubmit(); }
  });
  document.addEventListener("keydown", function (e) {
    // out of the letter, the reason or the note: what was typed stays, and the keys work again
    if (e.key === "Escape" && typing(e) && !e.isComposing) { e.target.blur(); return; }
    if ((typing(e) && !(passing(e.target) && (e.key === "j" || e.key === "k"))) || e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) { return; }
    var list = shown(), now = fields.querySelector(".here");
    if (e.key === "j") { e.preventDefault(); goTo(now && now.contains(document.activeElement) ? step(list, now, 1) : now || list[0]); }
    else if (e.key === "k") { e.preventDefault(); goTo(step(list, now, -1)); }
    else if (e.key === "Escape" && document.getElementById("undo")) { e.preventDefault(); document.getElementById("undo")[saved ? "click" : "focus"](); }
    else if (e.key === "n") { document.getElementById("next").click(); }
    else if (JUMPS[e.key]) {
      var link = document.getElementById(JUMPS[e.key]), there = link && document.querySelector(link.getAttribute("href"));
      // where nothing speaks against it, to the button itself
      if (there && e.key === "p" && !document.getElementById("against")) { there = document.getElementById("pass"); }
      if (there) { e.preventDefault(); there.scrollIntoView({ block: "center" }); there.focus({ preventScroll: true }); if (there.id === "findings") { there.scrollIntoView(); } }
    }
  });

  // Escape takes back what was just saved here; on a page that was only opened it goes to the button, and Enter does it.
  var saved = location.search.indexOf("moved=1") >= 0;
  // What follows from a save is worked out anew in a moment: the judgement, what stands against passing and the letter come into the
  // open page, but for what is being typed. Every form goes on from what this page has seen.
  var tries = 0, soon = 0;
  function changed(b) {
    if (b.tagName === "SELECT") { return b.selectedIndex !== Math.max(0, Array.prototype.findIndex.call(b.options, function (o) { return o.defaultSelected; })); }
    return b.type === "checkbox" || b.type === "radio" ? b.checked !== b.defaultChecked : b.value !== b.defaultValue;
  }
  function typedIn(part) { return (part.contains(document.activeElement) && document.activeElement.tabIndex >= 0) || Array.prototype.some.call(part.querySelectorAll("textarea, input:not([type=hidden]), select"), changed); }
  function versions() { document.querySelectorAll("main [name=version]").forEach(function (v) { v.value = document.getElementById("at").dataset.version; }); }
  function renew() {
    fetch("/desk/cases/" + fields.dataset.case + "/now").then(function (r) { return r.ok ? r.text() : ""; }).then(function (t) {
      var now = new DOMParser().parseFromString(t, "text/html"), judged = now.getElementById("judged"), letter = document.getElementById("letter"), said = now.getElementById("letter");
      if (!judged) { return; }
      ["news", "judged", "points"].forEach(function (id) { var old = document.getElementById(id), part = now.getElementById(id); if (old && part && !typedIn(old) && old.innerHTML !== part.innerHTML) { old.innerHTML = part.innerHTML; } });
      // an alarm that a save far down the page raised stands where the hand is, over the page and not pushing it
      var news = document.getElementById("news");
      news.classList.toggle("raised", Boolean(news.querySelector(".bad")));
      if (letter && said && letter.value === letter.defaultValue && document.activeElement !== letter) { letter.value = letter.defaultValue = said.defaultValue; }
      versions();
      if (judged.hasAttribute("data-working") && (tries += 1) < 20) { soon = setTimeout(renew, 1500); }
    }).catch(function () {});
  }

  // a page that opens while something is worked out, as after an answer or a paper that was added, tells what came of it
  if (document.querySelector("#judged[data-working]")) { soon = setTimeout(renew, 1000); }

  // After a save the next doubt is under the hand; what was typed elsewhere and not yet saved stays.
  var unsaved = {}, kept = "desk:" + location.pathname;
  function dirty(but) {
    var found = {};
    fields.querySelectorAll("[data-was]").forEach(function (b) { if (b.value !== b.dataset.was && b.form !== but) { found[b.id] = b.value; } });
    return found;
  }
  function restore(values) { Object.keys(values).forEach(function (id) { var b = document.getElementById(id); if (b) { b.value = values[id]; } }); }
  // where the value in hand stands on the screen: it stays there when the fields come anew
  var held = null;
  function named(name) { return shown().find(function (f) { return f.elements.field && f.elements.field.value === name; }); }
  fields.addEventListener("htmx:beforeRequest", function (e) {
    unsaved = dirty(e.target);
    held = e.target.elements && e.target.elements.field && { name: e.target.elements.field.value, top: e.target.getBoundingClientRect().top };
  });
  document.getElementById("told").addEventListener("click", function (e) {
    if (e.target.matches("[data-again]")) { sessionStorage.setItem(kept, JSON.stringify(dirty(null))); }
  });
  restore(JSON.parse(sessionStorage.getItem(kept) || "{}"));
  sessionStorage.removeItem(kept);
  fields.addEventListener("htmx:afterSwap", function () {
    // a decision that was saved over can no longer be taken back
    document.querySelectorAll("#news .undo").forEach(function (u) { u.remove(); });
    saved = true; tries = 0; clearTimeout(soon); soon = setTimeout(renew, 1000);
    versions();
    restore(unsaved);
    document.getElementById("told").textContent = "";
    var wrong = fields.querySelector("[aria-invalid=true]");
    var next = wrong ? wrong.form : fields.querySelector("form[data-doubt]");
    // after the last doubt the keys of the page are under the hand
    if (next) { goTo(next); return; }
    if (fields.contains(document.activeElement)) { document.activeElement.blur(); }
    var same = held && named(held.name);
    if (same) { window.scrollBy({ top: same.getBoundingClientRect().top - held.top, behavior: "instant" }); }
  });
  // Tab goes from value to value: Enter presses the button of the value in hand.
  function short() { shown().forEach(function (f) { var b = f.querySelector("button"); if (b !== box(f)) { b.tabIndex = -1; } }); }
  short();
  fields.addEventListener("htmx:afterSwap", short);
  fields.addEventListener("toggle", short, true);
  // The engine gets ready while the box is drawn.
  document.addEventListener("viewer:draw", function () {
    fetch("/desk/cases/" + fields.dataset.case + "/box/soon", { method: "POST", headers: { "X-Form-Token": document.querySelector("meta[name=form-token]").content } }).catch(function () {});
  });

  // A box that was read again: its answer stands in the field in hand until it is confirmed or left.
  document.addEventListener("viewer:box", function (e) {
    var f = fields.querySelector(".here") || shown()[0], at = e.detail, told = document.getElementById("told");
    if (!f) { return; }
    var b = f.querySelector("[name=value]:not([type=hidden])"), data = new FormData();
    data.append("field", f.elements.field.value);
    ["paper", "page", "turn", "box"].forEach(function (k) { data.append(k, at[k]); });
    f.querySelectorAll(".proposal").forEach(function (p) { p.remove(); });
    f.setAttribute("aria-busy", "true");
    fetch("/desk/cases/" + fields.dataset.case + "/box", { method: "POST", body: data, headers: { "HX-Request": "true", "X-Form-Token": document.querySelector("meta[name=form-token]").content } })
      .then(function (r) { return r.text().then(function (t) { return { ok: r.ok, text: t }; }); })
      .then(function (r) {
        if (!r.ok) { told.innerHTML = r.text; return; }
        told.textContent = "";
        f.querySelector("button").insertAdjacentHTML("afterend", r.text);
        var said = f.querySelector(".proposal").dataset.value;
        if (b && said) { b.value = said; }
        if (b) { b.focus(); }
      })
      .catch(function () { document.body.dispatchEvent(new Event("htmx:sendError")); })
      .finally(function () { f.removeAttribute("aria-busy"); });
  });
  window.addEventListener("pagehide", function () {
    var data = new FormData();
    data.append("token", document.querySelector("meta[name=form-token]").content);
    navigator.sendBeacon("/desk/cases/" + fields.dataset.case + "/gone", data);
  });

  var first = fields.querySelector("form[data-doubt]");
  // once the case was moved on, the page's keys are under the hand: n for the next one
  var wrong = document.querySelector("[autofocus]");
  if (wrong) { wrong.scrollIntoView({ block: "center" }); wrong.focus({ preventScroll: true }); } else if (first && !location.hash && location.search.indexOf("moved=") < 0) { goTo(first); }
})();
