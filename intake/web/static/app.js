// What every page needs: errors of a part of a page are shown, live events, and what was typed is never lost.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  var token = document.querySelector("meta[name=form-token]").content;

  document.body.addEventListener("htmx:configRequest", function (e) { e.detail.headers["X-Form-Token"] = token; });

  // An answer that is an error is put where the page tells people things, never over their work.
  document.body.addEventListener("htmx:beforeSwap", function (e) {
    if (e.detail.xhr.status < 400) { return; }
    var told = document.getElementById("told") || document.getElementById("main");
    e.detail.shouldSwap = true;
    e.detail.target = told;
    e.detail.swapOverride = told.id === "told" ? "innerHTML" : "afterbegin";
  });
  document.body.addEventListener("htmx:sendError", function () { say(document.documentElement.lang === "en" ? "The line was lost. What you typed is still here; please try again." : "連線中斷了，您填的內容還在，請再試一次。"); });
  document.body.addEventListener("htmx:afterSwap", function (e) {
    listen(e.target);
    var first = e.target.querySelector("h2[tabindex]");
    if (first) { first.focus(); }
  });

  function say(words) {
    var told = document.getElementById("told") || document.getElementById("live");
    if (told) { told.textContent = words; told.classList.remove("sr"); }
  }

  // Live events: a paper's card moves on, a page that waits for the answer loads it.
  var source = null;
  function listen(root) {
    var place = root.matches && root.matches("[data-events]") ? root : root.querySelector("[data-events]");
    if (!place || source) { return; }
    source = new EventSource(place.dataset.events);
    var reload = place.hasAttribute("data-reload");
    source.addEventListener("paper", function (e) { paper(JSON.parse(e.data), reload); });
    ["settled", "filled"].forEach(function (kind) {
      source.addEventListener(kind, function () { if (reload) { later(); } else { htmx.trigger(document.body, "papers"); } });
    });
  }
  var waiting = null;
  function later() { clearTimeout(waiting); waiting = setTimeout(function () { unfolded(true); location.reload(); }, 400); }

  // What somebody unfolded is unfolded again after a page that loads itself anew.
  function unfolded(keep) {
    var key = "unfolded:" + location.pathname, folds = Array.from(document.querySelectorAll("main details"));
    function name(d) { return d.firstElementChild ? d.firstElementChild.textContent.replace(/[0-9]+/g, "") + folds.filter(function (o) { return o.firstElementChild && o.firstElementChild.textContent === d.firstElementChild.textContent; }).indexOf(d) : ""; }
    if (keep) { sessionStorage.setItem(key, JSON.stringify(folds.filter(function (d) { return d.open; }).map(name))); return; }
    var open = JSON.parse(sessionStorage.getItem(key) || "[]");
    sessionStorage.removeItem(key);
    folds.forEach(function (d) { if (open.indexOf(name(d)) >= 0) { d.open = true; } });
  }
  unfolded(false);
  function paper(data, reload) {
    if (data.pages) {
      var card = document.getElementById("paper-" + data.paper), bar = card && card.querySelector("progress");
      if (bar) {
        bar.max = data.pages; bar.value = data.page;
        card.querySelector("[data-state]").textContent = document.documentElement.lang === "en" ? "reading page " + data.page + " of " + data.pages : "讀取中，第 " + data.page + " 頁，共 " + data.pages + " 頁";
        return;
      }
    }
    if (reload) { if (data.state === "read" || data.state === "refused") { later(); } } else { htmx.trigger(document.body, "papers"); }
  }
  listen(document);

  // What was typed into a form that keeps is there again after a lost line or an ended log-in; a send that arrived clears it.
  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var key = "kept:" + form.getAttribute("action"), sent = false;
    var kept = JSON.parse(sessionStorage.getItem(key) || "{}");
    form.querySelectorAll("input[type=text], textarea").forEach(function (box) {
      if (kept[box.name] !== undefined && !box.value) { box.value = kept[box.name]; }
      box.addEventListener("input", function () { kept[box.name] = box.value; sessionStorage.setItem(key, JSON.stringify(kept)); });
    });
    form.addEventListener("submit", function () { sent = true; });
    window.addEventListener("pagehide", function () { if (sent) { sessionStorage.removeItem(key); } });
  });

  // The check list of what to hand in remembers its ticks on this device.
  document.querySelectorAll("[data-tick]").forEach(function (box) {
    box.checked = localStorage.getItem("tick:" + box.dataset.tick) === "1";
    box.addEventListener("change", function () { localStorage.setItem("tick:" + box.dataset.tick, box.checked ? "1" : "0"); });
  });
})();
