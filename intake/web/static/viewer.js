// The paper beside the fields: follows the field in hand, zooms (z, +, -), turns (t), and lets a box be drawn to be read again (r).
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg", STEPS = [1, 1.5, 2, 3, 4], STEP = 0.006;
  var pane = document.querySelector(".viewer"), glass = pane && pane.querySelector(".window"), zoom = document.getElementById("zoom");
  if (!zoom) { return; }
  var hint = document.getElementById("drawing"), draw = document.getElementById("draw"), last = null, box = null, from = null, on = false, chosen = false;

  function current() { return pane.querySelector(".page-view:not([hidden])"); }
  function place(view) { return view.querySelector("g"); }
  function turn(view) { return +(view.dataset.turn || 0); }
  function put(rect, at) { ["x", "y", "width", "height"].forEach(function (a) { rect.setAttribute(a, at[a]); }); }
  function add(view, kind, at) {
    var r = document.createElementNS(SVG, "rect");
    r.setAttribute("class", kind);
    put(r, at);
    place(view).appendChild(r);
    return r;
  }
  function clear(kind) { pane.querySelectorAll("rect" + (kind ? "." + kind : "")).forEach(function (r) { r.remove(); }); }
  function centre(rect) {
    var r = rect.getBoundingClientRect(), g = glass.getBoundingClientRect();
    glass.scrollBy({ left: r.left + r.width / 2 - g.left - g.width / 2, top: r.top + r.height / 2 - g.top - g.height / 2 });
  }

  function sheet(id) {
    var found = document.getElementById(id);
    if (!found) { return null; }
    pane.querySelectorAll(".page-view").forEach(function (v) { v.toggleAttribute("hidden", v !== found); });
    pane.querySelectorAll(".thumbs button").forEach(function (b) { b.setAttribute("aria-pressed", String(b.dataset.sheet === id)); });
    var image = found.querySelector("image");
    if (image.dataset.href) { image.setAttribute("href", image.dataset.href); delete image.dataset.href; }
    document.getElementById("sheet-name").textContent = found.dataset.name;
    document.getElementById("sheet-page").textContent = found.dataset.page;
    upright(found);
    return found;
  }
  function show(at) {
    last = at;
    stop();
    clear();
    var view = at.sheet && sheet(at.sheet);
    // a whole page shows no digit: come closer, until a person has said how close
    if (view && !chosen) { scale(2); }
    if (view) { centre(add(view, "ink-box", { x: at.x, y: at.y, width: at.w, height: at.h })); }
  }

  function scale(to) {
    pane.dataset.zoom = String(to);
    zoom.setAttribute("aria-pressed", String(to > 1));
    var rect = pane.querySelector("rect");
    if (rect) { centre(rect); }
  }
  function nearer(by) { chosen = true; scale(STEPS[Math.min(STEPS.length - 1, Math.max(0, STEPS.indexOf(+pane.dataset.zoom) + by))]); }
  function rotate() {
    var view = current(), w = +view.dataset.width, h = +view.dataset.height, t = (turn(view) + 90) % 360;
    view.dataset.turn = String(t);
    view.setAttribute("viewBox", t % 180 ? "0 0 " + h + " " + w : "0 0 " + w + " " + h);
    place(view).setAttribute("transform", { 0: "", 90: "translate(" + h + " 0) rotate(90)", 180: "translate(" + w + " " + h + ") rotate(180)", 270: "translate(0 " + w + ") rotate(270)" }[t]);
    var rect = pane.querySelector("rect");
    if (rect) { centre(rect); }
  }

  // A page that lies on its side is shown upright at its first sight; t turns it on from there.
  function upright(view) {
    var turns = +(view.dataset.upright || 0) / 90;
    delete view.dataset.upright;
    for (var i = 0; i < turns; i++) { rotate(); }
  }

  // Drawing. In pixels of the page's picture, whichever way it is turned.
  function point(view, e) { return new DOMPoint(e.clientX, e.clientY).matrixTransform(place(view).getScreenCTM().inverse()); }
  function between(view, a, b) {
    var w = +view.dataset.width, h = +view.dataset.height;
    function cut(v, most) { return Math.min(most, Math.max(0, v)); }
    var x = cut(Math.min(a.x, b.x), w), y = cut(Math.min(a.y, b.y), h);
    return { x: x, y: y, width: cut(Math.max(a.x, b.x), w) - x, height: cut(Math.max(a.y, b.y), h) - y };
  }
  function start(at) {
    if (!draw) { return; }
    clear("drawn");
    if (!on) { document.dispatchEvent(new Event("viewer:draw")); }
    on = true;
    box = at;
    pane.classList.add("drawing");
    hint.hidden = false;
    draw.setAttribute("aria-pressed", "true");
    if (box) { add(current(), "drawn", box); }
    glass.focus({ preventScroll: true });
  }
  function stop() {
    on = false;
    box = from = null;
    clear("drawn");
    pane.classList.remove("drawing");
    hint.hidden = true;
    if (draw) { draw.setAttribute("aria-pressed", "false"); }
  }
  function begin() {
    var view = current(), w = +view.dataset.width, h = +view.dataset.height, ink = view.querySelector("rect.ink-box");
    start(ink ? { x: +ink.getAttribute("x"), y: +ink.getAttribute("y"), width: +ink.getAttribute("width"), height: +ink.getAttribute("height") }
      : { x: w * 0.4, y: h * 0.45, width: w * 0.2, height: h * 0.04 });
  }
  function read() {
    if (!box || box.width < 4 || box.height < 4) { return; }
    var view = current(), w = +view.dataset.width, h = +view.dataset.height;
    var sides = [box.x / w, box.y / h, (box.x + box.width) / w, (box.y + box.height) / h];
    var detail = { paper: view.dataset.paper, page: view.dataset.number, turn: turn(view), box: sides.map(function (v) { return v.toFixed(5); }).join(",") };
    stop();
    document.dispatchEvent(new CustomEvent("viewer:box", { detail: detail }));
  }
  glass.addEventListener("pointerdown", function (e) {
    var view = e.target.closest(".page-view");
    // a finger scrolls the page unless drawing was asked for
    if (!draw || !view || e.button || (e.pointerType === "touch" && !on)) { return; }
    e.preventDefault();
    from = point(view, e);
    glass.setPointerCapture(e.pointerId);
  });
  glass.addEventListener("pointermove", function (e) {
    if (!from) { return; }
    var view = current(), at = between(view, from, point(view, e));
    if (at.width < 6 && at.height < 6) { return; }
    var begun = from;
    if (!on || !box) { start(at); from = begun; }
    box = at;
    var rect = view.querySelector("rect.drawn");
    if (rect) { put(rect, at); }
  });
  glass.addEventListener("pointerup", function () { from = null; });
  glass.addEventListener("pointercancel", function () { from = null; });

  function adjust(e) {
    var view = current(), d = STEP * +view.dataset.width, t = turn(view) / 90;
    var way = { ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1] }[e.key];
    // the arrows are those of the screen, the box is that of the page
    for (var i = 0; i < t; i++) { way = [way[1], -way[0]]; }
    if (e.shiftKey) { box.width = Math.max(4, box.width + way[0] * d); box.height = Math.max(4, box.height + way[1] * d); }
    else { box.x += way[0] * d; box.y += way[1] * d; }
    box = between(view, box, { x: box.x + box.width, y: box.y + box.height });
    var rect = view.querySelector("rect.drawn");
    put(rect, box);
    centre(rect);
  }
  document.addEventListener("keydown", function (e) {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) { return; }
    if (on && box && /^Arrow/.test(e.key)) { e.preventDefault(); adjust(e); }
    else if (on && (e.key === "r" || (e.key === "Enter" && e.target.tagName !== "BUTTON"))) { e.preventDefault(); read(); }
    else if (on && e.key === "Escape") { e.preventDefault(); stop(); }
    else if (e.key === "r" && draw) { e.preventDefault(); begin(); }
    else if (e.key === "z") { zoom.click(); }
    else if (e.key === "+" || e.key === "=") { nearer(1); }
    else if (e.key === "-") { nearer(-1); }
    else if (e.key === "t") { rotate(); }
  });
  zoom.addEventListener("click", function () { chosen = true; scale(+pane.dataset.zoom > 1 ? 1 : 2); });
  document.getElementById("in").addEventListener("click", function () { nearer(1); });
  document.getElementById("out").addEventListener("click", function () { nearer(-1); });
  document.getElementById("turn").addEventListener("click", rotate);
  if (draw) {
    draw.addEventListener("click", function () { if (on) { stop(); } else { begin(); } });
    document.getElementById("reread").addEventListener("click", read);
  }
  pane.querySelectorAll(".thumbs button").forEach(function (b) { b.addEventListener("click", function () { stop(); clear(); sheet(b.dataset.sheet); }); });
  scale(1);
  upright(current());
  window.viewer = { show: show };
})();
