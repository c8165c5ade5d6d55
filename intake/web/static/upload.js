// Files go as soon as they are chosen, dropped or photographed, in pieces that a lost line does not lose; each has a card with a bar of
// its own. A photo that looks dark, blurred or cut off waits for a word.
(function () {
  "use strict";
  var form = document.getElementById("upload");
  if (!form) { return; }
  var PIECE = 512 * 1024, LONGEST_WAIT = 30000;
  var drop = document.getElementById("drop"), list = document.getElementById("sending"), file = document.getElementById("file");
  var token = document.querySelector("meta[name=form-token]").content, camera = document.getElementById("camera"), say = form.dataset;
  var place = form.action.replace(/papers$/, "uploads");
  document.getElementById("send").hidden = true;
  if (matchMedia("(pointer: coarse)").matches) { camera.hidden = false; }

  // One file after the other: the cards and the papers stay in the order in which they were chosen.
  var queue = [], busy = false;
  function next() {
    if (busy || !queue.length) { return; }
    busy = true;
    queue.shift()().then(function () { busy = false; next(); });
  }

  function send(one) {
    var card = document.createElement("li"); card.className = "paper";
    card.innerHTML = '<span class="thumb" aria-hidden="true"></span><div><h2></h2></div><div><span class="state"></span><progress max="1" value="0"></progress></div>';
    card.querySelector("h2").textContent = one.name;
    var state = card.querySelector(".state"), bar = card.querySelector("progress");
    bar.setAttribute("aria-label", one.name);
    if (/^image\/(jpeg|png|webp)$/.test(one.type)) {
      var img = document.createElement("img"); img.className = "thumb"; img.alt = ""; img.src = URL.createObjectURL(one);
      card.replaceChild(img, card.firstChild);
    }
    list.appendChild(card);
    shouwenPhoto.look(one).then(function (seen) {
      if (seen && seen.corners) { outline(card, seen); }
      if (seen && seen.hint) { hold(one, card, state, bar, seen); } else { ready(one, card, state, bar); }
    });
  }
  function ready(one, card, state, bar) { queue.push(function () { return transfer(one, card, state, bar); }); next(); }

  // The paper's edges drawn over the thumbnail, so that one sees that all of it is there, and beside it the paper laid flat.
  function outline(card, seen) {
    var thumb = card.querySelector("img.thumb"), frame = document.createElement("span"), both = document.createElement("span"), corners = seen.corners;
    frame.className = "edges"; both.className = "shots"; thumb.replaceWith(both); frame.appendChild(thumb); both.appendChild(frame);
    if (seen.flat) { seen.flat.className = "thumb"; seen.flat.setAttribute("role", "img"); seen.flat.setAttribute("aria-label", say.flat); both.appendChild(seen.flat); }
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), shape = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
    svg.setAttribute("viewBox", "0 0 1 1"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("aria-hidden", "true");
    shape.setAttribute("points", corners.map(function (c) { return c.join(","); }).join(" "));
    svg.appendChild(shape); frame.appendChild(svg);
  }

  // A photo that will be hard to read: said at once, and sent only when the person says so.
  function hold(one, card, state, bar, seen) {
    var words = seen.hint === "cut" ? say.cut.replace("{side}", say.sides.split("、")[seen.side]) : say[seen.hint];
    var told = document.createElement("p"), acts = document.createElement("p"), anyway = document.createElement("button"), again = document.createElement("button"), drop = document.createElement("button");
    told.setAttribute("role", "alert"); told.textContent = words; state.className = "state ask"; state.textContent = "";
    acts.className = "acts"; bar.hidden = true; card.classList.add("held");
    anyway.type = again.type = "button"; anyway.className = "plain small"; again.className = "small"; anyway.textContent = say.anyway; again.textContent = say.again;
    anyway.addEventListener("click", function () { told.remove(); acts.remove(); bar.hidden = false; state.className = "state"; card.classList.remove("held"); ready(one, card, state, bar); });
    again.addEventListener("click", function () { card.remove(); (camera.hidden ? file : camera.querySelector("input")).click(); });
    drop.type = "button"; drop.className = "link small"; drop.textContent = say.drop;
    drop.addEventListener("click", function () { card.remove(); });
    acts.append(again, anyway, drop); state.after(told, acts);
  }

  function call(method, url, body, headers, progress) {
    return new Promise(function (done, lost) {
      var x = new XMLHttpRequest();
      x.open(method, url); x.setRequestHeader("Accept", "application/json"); x.setRequestHeader("X-Form-Token", token);
      Object.keys(headers || {}).forEach(function (h) { x.setRequestHeader(h, headers[h]); });
      if (progress) { x.upload.addEventListener("progress", function (e) { progress(e.loaded); }); }
      x.addEventListener("load", function () {
        var answer = {};
        try { answer = JSON.parse(x.responseText); } catch (e) { answer = {}; }
        if (x.status >= 500 || x.status === 429) { lost(new Error("busy")); } else { done({ status: x.status, answer: answer }); }
      });
      x.addEventListener("error", function () { lost(new Error("line")); });
      x.addEventListener("timeout", function () { lost(new Error("line")); });
      x.timeout = 120000;
      x.send(body);
    });
  }
  function pause(tries) {
    return new Promise(function (go) {
      var timer = setTimeout(over, Math.min(LONGEST_WAIT, 1000 * Math.pow(2, tries)));
      function over() { clearTimeout(timer); window.removeEventListener("online", over); go(); }
      window.addEventListener("online", over);
    });
  }

  // A file that came half, from this device or another, is gone on with where the file chosen now begins with what is here of it.
  var half = document.getElementById("half"), halves = half ? Array.from(half.children) : [];
  halves.forEach(function (li) {
    var on = li.querySelector("[data-on]");
    on.hidden = false; on.addEventListener("click", function () { file.click(); });
  });
  function halfway(one) {
    var found = halves.find(function (li) { return li.dataset.name === one.name && Number(li.dataset.size) === one.size; });
    if (!found || !(window.crypto && crypto.subtle)) { return Promise.resolve(null); }
    return call("GET", place + "/" + found.dataset.upload).then(function (r) {
      if (r.status !== 200) { return null; }
      return one.slice(0, r.answer.offset).arrayBuffer().then(function (b) { return crypto.subtle.digest("SHA-256", b); }).then(function (d) {
        var hex = Array.from(new Uint8Array(d)).map(function (n) { return (n + 256).toString(16).slice(1); }).join("");
        return hex === r.answer.sha256 ? r : null;
      });
    });
  }
  function taken(id) { halves.forEach(function (li) { if (li.dataset.upload === id) { li.remove(); } }); }

  // Announce the file, or find what an earlier try of the same file already brought, and send piece after piece.
  function transfer(one, card, state, bar) {
    var key = "upload:" + place + ":" + one.name + ":" + one.size + ":" + one.lastModified, tries = 0;
    function begin() {
      var id = localStorage.getItem(key);
      if (id) { return call("GET", place + "/" + id).then(function (r) { if (r.status === 404) { localStorage.removeItem(key); return begin(); } return r; }); }
      return halfway(one).then(function (r) { return r || announce(); });
    }
    function announce() {
      var body = new FormData();
      body.append("name", one.name); body.append("type", one.type); body.append("size", String(one.size));
      return call("POST", place, body);
    }
    function step(r) {
      tries = 0;
      if (r.status >= 300 || !r.answer.id) { return r; }
      localStorage.setItem(key, r.answer.id); taken(r.answer.id);
      var at = r.answer.offset, piece = one.slice(at, at + PIECE);
      state.textContent = say.sending; bar.value = at / one.size;
      return call("PATCH", place + "/" + r.answer.id, piece, { "Upload-Offset": String(at), "Content-Type": "application/octet-stream" },
                  function (sent) { bar.value = (at + sent) / one.size; }).then(step);
    }
    function go() {
      return begin().then(step).catch(function () {
        state.textContent = say.waiting;
        return pause(tries++).then(go);
      });
    }
    state.textContent = say.sending;
    return go().then(function (r) {
      localStorage.removeItem(key);
      var answer = r.answer;
      if (r.status < 300 && answer.papers && answer.papers.length) {
        state.textContent = say.arrived;
        htmx.trigger(document.body, "papers");
        card.remove();
      } else {
        fail(card, state, bar, answer.refused && answer.refused.length ? answer.refused[0].message : answer.error ? answer.error.message : say.failed);
      }
    });
  }
  function fail(card, state, bar, words) {
    card.classList.add("bad"); bar.remove(); state.className = "state bad"; state.textContent = "✗ ";
    var p = document.createElement("p"); p.textContent = words; p.setAttribute("role", "alert"); state.after(p);
  }
  function all(files) { Array.prototype.forEach.call(files, send); }

  // Going on would leave behind what has not gone yet.
  var last = document.getElementById("left");
  document.getElementById("papers").addEventListener("click", function (e) {
    var held = list.querySelector(".paper.held"), first = held || list.querySelector(".paper:not(.bad)");
    if (!first || !e.target.closest("a.button")) { return; }
    e.preventDefault();
    last.textContent = held ? say.held : say.still; last.hidden = false;
    first.scrollIntoView({ block: "center" });
    if (held) { held.querySelector("button").focus({ preventScroll: true }); }
  });
  new MutationObserver(function () { last.hidden = true; }).observe(list, { childList: true });

  file.addEventListener("change", function () { all(file.files); file.value = ""; });
  camera.querySelector("input").addEventListener("change", function (e) { all(e.target.files); e.target.value = ""; });
  ["dragenter", "dragover"].forEach(function (n) { drop.addEventListener(n, function (e) { e.preventDefault(); drop.classList.add("over"); }); });
  ["dragleave", "drop"].forEach(function (n) { drop.addEventListener(n, function (e) { e.preventDefault(); drop.classList.remove("over"); }); });
  // what was chosen before this file arrived
  if (file.files.length) { all(file.files); file.value = ""; }
  drop.addEventListener("drop", function (e) { all(e.dataTransfer.files); });
})();
