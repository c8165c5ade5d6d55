// The clerk's keys. In the table: j, k, Enter, /. In a case: j, k or Tab to the next field, Enter confirms, Esc undoes, z zooms, n next case.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg", queue = document.getElementById("queue"), fields = document.getElementById("fields");
  function typing(e) { return /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName); }
  function step(list, now, by) { var i = list.indexOf(now); return list[Math.min(list.length - 1, Math.max(0, i < 0 ? 0 : i + by))]; }

  if (queue) {
    var rows = Array.prototype.slice.call(queue.querySelectorAll("[data-row]")), here = null;
    var move = function (by) {
      if (here) { here.classList.remove("here"); }
      here = step(rows, here, by); here.classList.add("here"); here.querySelector("a").focus();
    };
    document.addEventListener("keydown", function (e) {
      if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) { return; }
      if (e.key === "j") { move(1); } else if (e.key === "k") { move(-1); }
      else if (e.key === "/") { e.preventDefault(); document.getElementById("q").focus(); }
    });
  }
  if (!fields) { return; }

  // The page on the left follows the field on the right.
  var viewer = document.querySelector(".viewer"), glass = viewer.querySelector(".window"), zoom = document.getElementById("zoom");
  function sheet(id) {
    var found = document.getElementById(id);
    if (!found) { return null; }
    viewer.querySelectorAll(".page-view").forEach(function (v) { v.toggleAttribute("hidden", v !== found); });
    viewer.querySelectorAll(".thumbs button").forEach(function (b) { b.setAttribute("aria-pressed", String(b.dataset.sheet === id)); });
    var image = found.querySelector("image");
    if (image.dataset.href) { image.setAttribute("href", image.dataset.href); delete image.dataset.href; }
    document.getElementById("sheet-name").textContent = found.dataset.name;
    document.getElementById("sheet-page").textContent = found.dataset.page;
    return found;
  }
  function look(field) {
    fields.querySelectorAll(".here").forEach(function (f) { f.classList.remove("here"); });
    field.classList.add("here");
    var page = field.dataset.sheet && sheet(field.dataset.sheet);
    viewer.querySelectorAll("rect").forEach(function (r) { r.remove(); });
    if (!page) { return; }
    var r = document.createElementNS(SVG, "rect"), d = field.dataset;
    [["x", d.x], ["y", d.y], ["width", d.w], ["height", d.h]].forEach(function (a) { r.setAttribute(a[0], a[1]); });
    page.appendChild(r);
    var scale = page.clientWidth / page.viewBox.baseVal.width;
    glass.scrollTo({ left: (+d.x + d.w / 2) * scale - glass.clientWidth / 2, top: (+d.y + d.h / 2) * scale - glass.clientHeight / 2 });
  }
  function near(on) { viewer.classList.toggle("near", on); zoom.setAttribute("aria-pressed", String(on)); var f = fields.querySelector(".here"); if (f) { look(f); } }
  if (zoom) {
    near(true);
    zoom.addEventListener("click", function () { near(!viewer.classList.contains("near")); });
    viewer.querySelectorAll(".thumbs button").forEach(function (b) { b.addEventListener("click", function () { sheet(b.dataset.sheet); viewer.querySelectorAll("rect").forEach(function (r) { r.remove(); }); }); });
  }

  function shown() { return Array.prototype.filter.call(fields.querySelectorAll("form.field"), function (f) { return f.offsetParent !== null; }); }
  function box(field) { return field.querySelector("input:not([type=hidden]), textarea, select, button"); }
  function goTo(field) { if (field) { var b = box(field); b.focus(); if (b.tagName === "INPUT") { b.select(); } } }
  fields.addEventListener("focusin", function (e) { var f = e.target.closest("form.field"); if (f) { look(f); } });
  fields.addEventListener("keydown", function (e) {
    var f = e.target.closest("form.field");
    if (!f) { return; }
    if (e.key === "Escape" && e.target.dataset.was !== undefined) { e.target.value = e.target.dataset.was; e.target.blur(); }
    if (e.key === "Enter" && e.target.tagName !== "BUTTON" && !e.shiftKey) { e.preventDefault(); f.requestSubmit(); }
  });
  document.addEventListener("keydown", function (e) {
    if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) { return; }
    var list = shown(), now = fields.querySelector(".here");
    if (e.key === "j") { e.preventDefault(); goTo(now && now.contains(document.activeElement) ? step(list, now, 1) : now || list[0]); }
    else if (e.key === "k") { e.preventDefault(); goTo(step(list, now, -1)); }
    else if (e.key === "z" && zoom) { zoom.click(); }
    else if (e.key === "n") { document.getElementById("next").click(); }
  });

  // After a save the next doubt is under the hand; what was typed elsewhere and not yet saved stays.
  var unsaved = {}, kept = "desk:" + location.pathname;
  function dirty(but) {
    var found = {};
    fields.querySelectorAll("[data-was]").forEach(function (b) { if (b.value !== b.dataset.was && b.form !== but) { found[b.id] = b.value; } });
    return found;
  }
  function restore(values) { Object.keys(values).forEach(function (id) { var b = document.getElementById(id); if (b) { b.value = values[id]; } }); }
  fields.addEventListener("htmx:beforeRequest", function (e) { unsaved = dirty(e.target); });
  document.getElementById("told").addEventListener("click", function (e) {
    if (e.target.matches("[data-again]")) { sessionStorage.setItem(kept, JSON.stringify(dirty(null))); }
  });
  restore(JSON.parse(sessionStorage.getItem(kept) || "{}"));
  sessionStorage.removeItem(kept);
  fields.addEventListener("htmx:afterSwap", function () {
    restore(unsaved);
    document.getElementById("told").textContent = "";
    var wrong = fields.querySelector("[aria-invalid=true]");
    goTo(wrong ? wrong.form : fields.querySelector("form[data-doubt]"));
  });
  // Tab goes from value to value: Enter presses the button of the value in hand.
  function short() { shown().forEach(function (f) { var b = f.querySelector("button"); if (b !== box(f)) { b.tabIndex = -1; } }); }
  short();
  fields.addEventListener("htmx:afterSwap", short);
  fields.addEventListener("toggle", short, true);
  var first = fields.querySelector("form[data-doubt]");
  if (first && !location.hash) { goTo(first); }
})();
