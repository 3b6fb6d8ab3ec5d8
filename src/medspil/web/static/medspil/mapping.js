// Fills the phone's position into a form when somebody asks for it; without it the address is written by hand.
(function () {
  "use strict";

  function start(box) {
    var button = box.querySelector("[data-locate=button]");
    var form = box.closest("form");
    if (!navigator.geolocation || !button || !form || box.dataset.started) { return; }
    var said = form.querySelector("[data-locate=said]");
    box.dataset.started = "yes";
    box.hidden = false;

    function tell(text) { said.textContent = text; }

    button.addEventListener("click", function () {
      button.disabled = true;
      tell(box.dataset.looking);
      navigator.geolocation.getCurrentPosition(function (found) {
        form.elements.latitude.value = found.coords.latitude.toFixed(6);
        form.elements.longitude.value = found.coords.longitude.toFixed(6);
        button.disabled = false;
        tell(box.dataset.found.replace("%d", Math.max(1, Math.round(found.coords.accuracy))));
      }, function () {
        button.disabled = false;
        tell(box.dataset.failed);
      }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 20000 });
    });
  }

  document.addEventListener("medspil:fresh", function (event) { event.detail.scope.querySelectorAll("[data-locate=box]").forEach(start); });
  document.querySelectorAll("[data-locate=box]").forEach(start);
})();
