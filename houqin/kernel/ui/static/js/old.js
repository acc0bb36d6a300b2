/* For browsers without ES modules only: say so in one sentence. */
(function () {
  var line = document.getElementById('hq-old');
  if (line) {
    line.removeAttribute('hidden');
    line.style.display = 'block';
  }
})();
