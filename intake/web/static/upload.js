// Files go as soon as they are chosen, dropped or photographed; each has a card with a bar of its own.
(function () {
  "use strict";
  var form = document.getElementById("upload");
  if (!form) { return; }
  var drop = document.getElementById("drop"), list = document.getElementById("sending"), file = document.getElementById("file");
  var token = document.querySelector("meta[name=form-token]").content, camera = document.getElementById("camera");
  document.getElementById("send").hidden = true;
  if (matchMedia("(pointer: coarse)").matches) { camera.hidden = false; }

  // One file after the other: the cards and the papers stay in the order in which they were chosen.
  var queue = [], busy = false;
  function next() {
    if (busy || !queue.length) { return; }
    busy = true;
    queue.shift()();
  }
  function send(one) {
    var card = document.createElement("li"); card.className = "paper";
    card.innerHTML = '<span class="thumb" aria-hidden="true"></span><div><h3></h3></div><div><span class="state"></span><progress max="1" value="0"></progress></div>';
    card.querySelector("h3").textContent = one.name;
    var state = card.querySelector(".state"), bar = card.querySelector("progress");
    bar.setAttribute("aria-label", one.name);
    if (/^image\/(jpeg|png|webp)$/.test(one.type)) {
      var img = document.createElement("img"); img.className = "thumb"; img.alt = ""; img.src = URL.createObjectURL(one);
      card.replaceChild(img, card.firstChild);
    }
    list.appendChild(card);
    queue.push(function () { transfer(one, card, state, bar); });
    next();
  }
  function transfer(one, card, state, bar) {
    state.textContent = form.dataset.sending;
    var body = new FormData(); body.append("token", token); body.append("file", one, one.name);
    var x = new XMLHttpRequest();
    x.open("POST", form.action); x.setRequestHeader("Accept", "application/json"); x.setRequestHeader("X-Form-Token", token);
    x.upload.addEventListener("progress", function (e) { if (e.lengthComputable) { bar.value = e.loaded / e.total; } });
    x.addEventListener("load", function () {
      var answer = {};
      try { answer = JSON.parse(x.responseText); } catch (e) { answer = {}; }
      if (x.status < 300 && answer.papers && answer.papers.length) {
        state.textContent = form.dataset.arrived;
        htmx.trigger(document.body, "papers");
        card.remove();
      } else {
        fail(card, state, bar, answer.refused && answer.refused.length ? answer.refused[0].message : answer.error ? answer.error.message : form.dataset.failed);
      }
    });
    x.addEventListener("loadend", function () { busy = false; next(); });
    x.addEventListener("error", function () { fail(card, state, bar, form.dataset.failed); });
    x.send(body);
  }
  function fail(card, state, bar, words) {
    card.classList.add("bad"); bar.remove(); state.className = "state bad"; state.textContent = "✗ ";
    var p = document.createElement("p"); p.textContent = words; p.setAttribute("role", "alert"); state.after(p);
  }
  function all(files) { Array.prototype.forEach.call(files, send); }

  file.addEventListener("change", function () { all(file.files); file.value = ""; });
  camera.querySelector("input").addEventListener("change", function (e) { all(e.target.files); e.target.value = ""; });
  ["dragenter", "dragover"].forEach(function (n) { drop.addEventListener(n, function (e) { e.preventDefault(); drop.classList.add("over"); }); });
  ["dragleave", "drop"].forEach(function (n) { drop.addEventListener(n, function (e) { e.preventDefault(); drop.classList.remove("over"); }); });
  // what was chosen before this file arrived
  if (file.files.length) { all(file.files); file.value = ""; }
  drop.addEventListener("drop", function (e) { all(e.dataTransfer.files); });
})();
