/* Does the work of a form marked data-proof, in small pieces, so that nobody has to answer the question in words. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-proof]");
  if (!form) return;

  var PIECE = 1500;
  var K = [], START = [];
  (function () {
    // The constants of SHA-256: roots of the first primes.
    function fraction(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var candidate = 2; K.length < 64; candidate++) {
      var prime = true;
      for (var d = 2; d * d <= candidate; d++) if (candidate % d === 0) prime = false;
      if (!prime) continue;
      if (START.length < 8) START.push(fraction(Math.pow(candidate, 1 / 2)));
      K.push(fraction(Math.pow(candidate, 1 / 3)));
    }
  })();

  function turn(x, n) { return (x >>> n) | (x << (32 - n)); }

  /* The words of the digest of an ASCII text. */
  function digest(text) {
    var length = text.length, words = [], i, t;
    for (i = 0; i < length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
    words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    var blocks = ((length + 8) >> 6) + 1;
    words[blocks * 16 - 1] = length * 8;
    var h = START.slice(), w = [];
    for (var block = 0; block < blocks; block++) {
      var a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], z = h[7];
      for (t = 0; t < 64; t++) {
        if (t < 16) w[t] = words[block * 16 + t] | 0;
        else {
          var x = w[t - 15], y = w[t - 2];
          w[t] = (w[t - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[t - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
        }
        var one = (z + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
        var two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        z = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      h[0] = (h[0] + a) | 0; h[1] = (h[1] + b) | 0; h[2] = (h[2] + c) | 0; h[3] = (h[3] + d) | 0;
      h[4] = (h[4] + e) | 0; h[5] = (h[5] + f) | 0; h[6] = (h[6] + g) | 0; h[7] = (h[7] + z) | 0;
    }
    return h;
  }

  var nonce = form.elements.nonce.value, bits = Number(form.getAttribute("data-proof"));
  var counter = 0;

  function piece() {
    for (var end = counter + PIECE; counter < end; counter++) {
      if (digest(nonce + "." + counter)[0] >>> (32 - bits) === 0) return done();
    }
    setTimeout(piece, 0);
  }

  function done() {
    var answer = form.elements.answer;
    if (answer.value) return; // somebody was quicker by hand
    form.elements.proof.value = String(counter);
    var question = form.querySelector("[data-proof-question]");
    // Whoever is just writing an answer is not disturbed.
    if (question.contains(document.activeElement)) return;
    question.hidden = true;
    answer.disabled = true;
    form.querySelector("[data-proof-done]").hidden = false;
  }

  setTimeout(piece, 0);
})();
