// A filled form on any screen: comes closer within its own window, and the page and the list of its values show the same value.
(function () {
  "use strict";
  var pane = document.querySelector(".traced-pages"), tools = document.getElementById("closer"), STEPS = [1, 1.5, 2, 3];
  if (!pane || !tools) { return; }
  tools.hidden = false;
  function near() { return +(pane.dataset.zoom || 1); }
  function scale(to) {
    var x = (pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth;
    pane.dataset.zoom = String(to);
    pane.scrollLeft = x * pane.scrollWidth - pane.clientWidth / 2;
    tools.querySelector("[data-by='-1']").disabled = to === STEPS[0];
    tools.querySelector("[data-by='1']").disabled = to === STEPS[STEPS.length - 1];
    sessionStorage.setItem("form-zoom", String(to));
  }
  tools.querySelectorAll("button").forEach(function (b) {
    b.addEventListener("click", function () { scale(STEPS[Math.min(STEPS.length - 1, Math.max(0, STEPS.indexOf(near()) + +b.dataset.by))]); show(true); });
  });

  // The value in hand: marked on the page, and in sight when it was chosen in the list.
  function show(far) {
    var slot = document.getElementById("value").dataset.slot, found = null;
    pane.querySelectorAll("a").forEach(function (a) {
      var mine = Boolean(slot) && a.dataset.slot === slot;
      if (mine) { a.setAttribute("aria-current", "true"); found = found || a; } else { a.removeAttribute("aria-current"); }
    });
    if (!found) { return; }
    var box = found.getBoundingClientRect(), window_ = pane.getBoundingClientRect();
    pane.scrollLeft += box.left + box.width / 2 - window_.left - window_.width / 2;
    if (far) { found.scrollIntoView({ block: "center", inline: "nearest" }); }
  }
  var listed = false;
  document.body.addEventListener("htmx:beforeRequest", function (e) { listed = !pane.contains(e.target); });
  document.body.addEventListener("htmx:afterSettle", function (e) {
    if (e.detail.target && e.detail.target.id !== "value" && e.target.id !== "value") { return; }
    show(listed);
  });
  var kept = +(sessionStorage.getItem("form-zoom") || 1);
  scale(STEPS.indexOf(kept) < 0 ? 1 : kept);
  show(false);
})();
