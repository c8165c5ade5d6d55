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
    keep(e.target);
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

  // What was typed into a form that keeps is there again after a lost line, an ended log-in or a step back. What was sent is forgotten
  // on the first page that neither failed nor has the form; logging out forgets all of it.
  var KEPT = "kept:";
  function state(box) { return box.type === "radio" || box.type === "checkbox" ? String(box.checked) : box.value; }
  function place(form) { var f = form.querySelector("input[name=field]"); return KEPT + form.getAttribute("action") + (f ? "#" + f.value : ""); }
  function read(key) { return JSON.parse(sessionStorage.getItem(key) || "{}"); }
  function keep(root) {
    root.querySelectorAll("form[data-keep]").forEach(function (form) {
      var back = false, key = place(form);
      if (form.hasAttribute("data-saved")) {
        // the page says once that what was sent is saved; coming here again says nothing of what was sent since
        if (read(key).sent) { sessionStorage.removeItem(key); }
        history.replaceState(null, "", location.pathname + location.hash);
      }
      var kept = read(key).boxes || {}, was = {};
      var boxes = Array.from(form.querySelectorAll("input:not([type=hidden]):not([type=file]):not([type=password]), textarea, select"));
      function id(box) { return box.name + (box.type === "radio" || box.type === "checkbox" ? "=" + box.value : ""); }
      function save(sent) {
        var now = {};
        boxes.forEach(function (box) { if (state(box) !== was[id(box)]) { now[id(box)] = [was[id(box)], state(box)]; } });
        if (Object.keys(now).length) { sessionStorage.setItem(key, JSON.stringify({ boxes: now, sent: sent })); } else { sessionStorage.removeItem(key); }
      }
      boxes.forEach(function (box) {
        was[id(box)] = state(box);
        var before = kept[id(box)];
        if (!before || before[1] === was[id(box)]) { return; }
        if (before[0] !== was[id(box)]) { offer(form, box, before[1]); return; }
        if (box.type === "radio" || box.type === "checkbox") { box.checked = before[1] === "true"; } else { box.value = before[1]; }
        back = true;
        for (var fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
      });
      if (back) { tell(form); }
      ["input", "change"].forEach(function (n) { form.addEventListener(n, function () { save(false); }); });
      form.addEventListener("submit", function () { save(true); });
      form.addEventListener("htmx:afterRequest", function (e) { if (e.detail.successful) { sessionStorage.removeItem(key); } });
    });
  }
  function tell(form) {
    var said = document.createElement("p");
    said.className = "hint kept"; said.setAttribute("role", "status");
    said.textContent = document.documentElement.lang === "en" ? "What you had typed before is here again; it is not saved yet." : "您先前填到一半的還在，還沒有存。";
    form.prepend(said);
  }
  // Saved elsewhere since, in another tab for one: what stands there now stays, and what was typed here is offered beside it.
  function offer(form, box, typed) {
    if (box.type === "radio" || box.type === "checkbox" || !typed) { return; }
    var english = document.documentElement.lang === "en", said = document.createElement("p"), use = document.createElement("button");
    said.className = "hint kept";
    said.textContent = (english ? "You had typed: " : "您剛才填的是：") + typed + " ";
    use.type = "button"; use.className = "link small"; use.textContent = english ? "Use it" : "用這個";
    use.addEventListener("click", function () { box.value = typed; said.remove(); box.dispatchEvent(new Event("input", { bubbles: true })); box.focus(); });
    said.append(use);
    box.after(said);
  }
  var here = Array.from(document.querySelectorAll("form[data-keep]")).map(place), failed = document.querySelector("[data-failed]");
  Object.keys(sessionStorage).filter(function (k) { return k.indexOf(KEPT) === 0; }).forEach(function (key) {
    var kept = read(key);
    if (kept.sent && !failed && here.indexOf(key) < 0) { sessionStorage.removeItem(key); }
    if (kept.sent && failed) { kept.sent = false; sessionStorage.setItem(key, JSON.stringify(kept)); }
  });
  keep(document);
  document.querySelectorAll("form[action='/logout']").forEach(function (form) { form.addEventListener("submit", function () { sessionStorage.clear(); }); });

  // A password can be looked at while it is typed; it goes out hidden again, so that nothing keeps it as plain text.
  document.querySelectorAll("input[type=password]").forEach(function (box) {
    var show = document.createElement("button"), english = document.documentElement.lang === "en";
    function hide(hidden) {
      box.type = hidden ? "password" : "text";
      show.textContent = hidden ? (english ? "Show password" : "顯示密碼") : (english ? "Hide password" : "隱藏密碼");
    }
    show.type = "button"; show.className = "link small"; hide(true);
    show.addEventListener("click", function () { hide(box.type === "text"); box.focus(); });
    box.form.addEventListener("submit", function () { hide(true); });
    box.after(show);
  });

  // Said once more before something goes that does not come back by itself.
  document.body.addEventListener("submit", function (e) {
    var words = e.target.dataset && e.target.dataset.confirm;
    if (words && !window.confirm(words)) { e.preventDefault(); }
  });

  // A form's picture that does not come: its place says so.
  document.querySelectorAll(".shown img").forEach(function (img) {
    function gone() { var word = img.nextElementSibling; word.textContent = word.dataset.failedWord; img.remove(); }
    if (img.complete && !img.naturalWidth) { gone(); } else { img.addEventListener("error", gone); }
  });

  // The check list of what to hand in remembers its ticks on this device.
  document.querySelectorAll("[data-tick]").forEach(function (box) {
    box.checked = localStorage.getItem("tick:" + box.dataset.tick) === "1";
    box.addEventListener("change", function () { localStorage.setItem("tick:" + box.dataset.tick, box.checked ? "1" : "0"); });
  });
})();
