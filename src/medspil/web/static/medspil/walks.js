// Keeps what is typed at a stop in the browser until the page shows that it was saved: nothing is lost on a bad net.
(function () {
  "use strict";

  var form = document.querySelector("form[data-kept]");
  if (!form) { return; }
  var names = ["text", "kind", "amount", "side", "creation_key"];
  var place = form.dataset.kept;

  function read() {
    try { return JSON.parse(window.localStorage.getItem(place) || "null"); } catch (error) { return null; }
  }

  function forget() {
    try { window.localStorage.removeItem(place); } catch (error) { /* it was never kept */ }
  }

  function keep() {
    var said = {};
    names.forEach(function (name) { if (form.elements[name]) { said[name] = form.elements[name].value; } });
    if (!said.text) { forget(); return; }
    try { window.localStorage.setItem(place, JSON.stringify(said)); } catch (error) { /* a full or closed store */ }
  }

  // The same key again: what reached the site although no answer came is saved once.
  function bring(said) {
    names.forEach(function (name) { if (form.elements[name] && said[name] !== undefined) { form.elements[name].value = said[name]; } });
    form.querySelector("[data-kept-said]").hidden = false;
  }

  var said = read();
  if (said) {
    var saved = document.querySelector("[data-noted='" + window.CSS.escape(said.creation_key || "") + "']");
    if (saved) { forget(); } else if (!form.elements.text.value) { bring(said); }
  }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
})();
