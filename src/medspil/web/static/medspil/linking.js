// Opens the reasons of the company that the address points to: from the map, a message or a colleague's link.
(function () {
  "use strict";

  function open() {
    var place = document.getElementById(window.location.hash.slice(1));
    if (place && place.tagName === "DETAILS") {
      place.open = true;
      place.scrollIntoView({ block: "nearest" });
    }
  }

  window.addEventListener("hashchange", open);
  open();
})();
