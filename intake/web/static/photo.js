// What a phone can tell of a photo before it is sent: too dark, blurred, the paper cut off, and where the paper's edges are.
// A hint and a look at what will be read: what is sent is the photo itself, and the service straightens it in its own way.
var shouwenPhoto = (function () {
  "use strict";
  var SMALL = 240, SHARP = 1600, DARK = 80, BLURRED = 0.62, INSIDE = 0.04, TOUCHED = 0.25;

  function canvas(bitmap, longest) {
    var scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height)), out = document.createElement("canvas");
    out.width = Math.max(8, Math.round(bitmap.width * scale)); out.height = Math.max(8, Math.round(bitmap.height * scale));
    var context = out.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, out.width, out.height);
    return out;
  }
  function shrunk(bitmap, longest) {
    var small = canvas(bitmap, longest), data = small.getContext("2d").getImageData(0, 0, small.width, small.height).data, grey = new Float32Array(small.width * small.height);
    for (var i = 0; i < grey.length; i++) { grey[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]; }
    return { w: small.width, h: small.height, grey: grey };
  }

  // The level that parts dark from bright best (Otsu 1979).
  function level(grey) {
    var count = new Float64Array(256), sum = 0, i;
    for (i = 0; i < grey.length; i++) { count[grey[i] | 0] += 1; sum += grey[i] | 0; }
    var below = 0, sumBelow = 0, best = -1, at = 127;
    for (i = 0; i < 256; i++) {
      below += count[i]; sumBelow += i * count[i];
      var above = grey.length - below;
      if (!below || !above) { continue; }
      var apart = sumBelow / below - (sum - sumBelow) / above, between = below * above * apart * apart;
      if (between > best) { best = between; at = i; }
    }
    return at;
  }

  // The largest bright piece, its holes of print ignored: what each row and column of it spans.
  function paper(p) {
    var t = level(p.grey), seen = new Uint8Array(p.w * p.h), best = [], i;
    for (i = 0; i < seen.length; i++) {
      if (seen[i] || p.grey[i] <= t) { continue; }
      var piece = [], todo = [i]; seen[i] = 1;
      while (todo.length) {
        var at = todo.pop(), x = at % p.w; piece.push(at);
        [at - p.w, at + p.w, x ? at - 1 : -1, x < p.w - 1 ? at + 1 : -1].forEach(function (n) {
          if (n >= 0 && n < seen.length && !seen[n] && p.grey[n] > t) { seen[n] = 1; todo.push(n); }
        });
      }
      if (piece.length > best.length) { best = piece; }
    }
    return best;
  }

  // Corners of the piece: its outermost points along the diagonals, as shares of the picture's width and height.
  function corners(p, piece) {
    var out = [[1, 1], [-1, 1], [-1, -1], [1, -1]].map(function (d) {
      var least = Infinity, found = 0;
      piece.forEach(function (at) { var v = d[0] * (at % p.w) + d[1] * Math.floor(at / p.w); if (v < least) { least = v; found = at; } });
      return [(found % p.w + 0.5) / p.w, (Math.floor(found / p.w) + 0.5) / p.h];
    });
    return out;
  }

  // How much of each side of the picture the paper touches: top, right, bottom, left; 0 to 1.
  function touched(p, piece) {
    var n = [0, 0, 0, 0];
    piece.forEach(function (at) {
      var x = at % p.w, y = Math.floor(at / p.w);
      if (y < 1) { n[0]++; } if (x >= p.w - 1) { n[1]++; } if (y >= p.h - 1) { n[2]++; } if (x < 1) { n[3]++; }
    });
    return [n[0] / p.w, n[1] / p.h, n[2] / p.w, n[3] / p.h];
  }

  // 0 sharp to 1 blurred: how little a picture loses when it is blurred once more (Crete 2007), the worse of both directions.
  function blur(p) {
    function along(step, across, length, lines) {
      var lost = 0, had = 0;
      for (var l = 0; l < lines; l++) {
        var base = l * across, sum = 0, k;
        for (k = 0; k < 9; k++) { sum += p.grey[base + k * step]; }
        var before = sum / 9;
        for (k = 5; k < length - 4; k++) {
          sum += p.grey[base + (k + 4) * step] - p.grey[base + (k - 5) * step];
          var now = sum / 9, d = Math.abs(p.grey[base + k * step] - p.grey[base + (k - 1) * step]);
          if (d > 6) { had += d; lost += Math.max(0, d - Math.abs(now - before)); }
          before = now;
        }
      }
      return had ? 1 - lost / had : 0;
    }
    return Math.max(along(1, p.w, p.w, p.h), along(p.w, 1, p.h, p.w));
  }

  function mean(p, piece) { var sum = 0; piece.forEach(function (at) { sum += p.grey[at]; }); return piece.length ? sum / piece.length : 0; }

  // {hint: "", "dark", "blurred" or "cut"; side: 0 top … 3 left, of a paper cut off; corners: of the paper or null; flat: the paper laid flat, a canvas, where there are
  // corners; the figures behind it}
  function judge(bitmap) {
    var small = shrunk(bitmap, SMALL), piece = paper(small), share = piece.length / small.grey.length, sides = touched(small, piece);
    var free = sides.filter(function (s) { return s < INSIDE; }).length, most = sides.indexOf(Math.max.apply(null, sides));
    var out = { hint: "", side: most, corners: share > 0.08 && free >= 2 ? corners(small, piece) : null, bright: mean(small, piece), blur: blur(shrunk(bitmap, SHARP)), sides: sides, share: share };
    if (out.bright < DARK) { out.hint = "dark"; }
    else if (out.blur > BLURRED) { out.hint = "blurred"; }
    else if (free >= 3 && sides[most] > TOUCHED) { out.hint = "cut"; }
    return out;
  }

  // The paper alone, laid flat, as a small picture: each of its points is fetched from the quadrilateral of the corners (Heckbert 1989).
  function flat(bitmap, c) {
    var source = canvas(bitmap, 2 * SMALL), from = source.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, source.width, source.height);
    var q = c.map(function (p) { return [p[0] * source.width, p[1] * source.height]; });
    function far(a, b) { return Math.hypot(a[0] - b[0], a[1] - b[1]); }
    var w = far(q[0], q[1]) + far(q[3], q[2]), h = far(q[0], q[3]) + far(q[1], q[2]), scale = SMALL / Math.max(w, h);
    var sx = q[0][0] - q[1][0] + q[2][0] - q[3][0], sy = q[0][1] - q[1][1] + q[2][1] - q[3][1];
    var dx1 = q[1][0] - q[2][0], dx2 = q[3][0] - q[2][0], dy1 = q[1][1] - q[2][1], dy2 = q[3][1] - q[2][1], det = dx1 * dy2 - dx2 * dy1;
    if (!det) { return null; }
    var g = (sx * dy2 - dx2 * sy) / det, k = (dx1 * sy - sx * dy1) / det, out = document.createElement("canvas");
    out.width = Math.max(8, Math.round(w * scale)); out.height = Math.max(8, Math.round(h * scale));
    var to = out.getContext("2d"), image = to.createImageData(out.width, out.height), seen = new Uint32Array(from.data.buffer), made = new Uint32Array(image.data.buffer);
    for (var y = 0; y < out.height; y++) {
      for (var x = 0; x < out.width; x++) {
        var u = (x + 0.5) / out.width, v = (y + 0.5) / out.height, by = g * u + k * v + 1;
        var px = ((q[1][0] - q[0][0] + g * q[1][0]) * u + (q[3][0] - q[0][0] + k * q[3][0]) * v + q[0][0]) / by;
        var py = ((q[1][1] - q[0][1] + g * q[1][1]) * u + (q[3][1] - q[0][1] + k * q[3][1]) * v + q[0][1]) / by;
        made[y * out.width + x] = seen[Math.min(source.height - 1, Math.max(0, py | 0)) * source.width + Math.min(source.width - 1, Math.max(0, px | 0))];
      }
    }
    to.putImageData(image, 0, 0);
    return out;
  }

  // A promise of what is seen; null for what is no photo or cannot be opened here.
  function look(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || !window.createImageBitmap) { return Promise.resolve(null); }
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (bitmap) {
      var seen = judge(bitmap);
      if (seen.corners) { seen.flat = flat(bitmap, seen.corners); }
      bitmap.close();
      return seen;
    }, function () { return null; });
  }
  return { look: look };
})();
