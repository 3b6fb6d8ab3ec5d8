// Puts one thing on the map by a click, or at the cross in the middle, and writes its position into the form.
(function () {
  "use strict";

  function others(map, data) {
    data.points.forEach(function (point) {
      window.L.circleMarker(point.at, { radius: 8, color: point.line, weight: 2, fillColor: point.fill, fillOpacity: 1, interactive: false }).addTo(map);
      var name = document.createElement("span");
      name.textContent = point.label;
      window.L.tooltip({ permanent: true, direction: "right", offset: [10, 0], className: "ms-map__town ms-map__town--name" }).setLatLng(point.at).setContent(name).addTo(map);
    });
  }

  function start(box) {
    var form = box.closest("form");
    if (!window.L || !window.medspilMap || !form || box.dataset.started) { return; }
    box.dataset.started = "yes";
    box.hidden = false;
    var data = JSON.parse(document.getElementById(box.dataset.mapPlace).textContent);
    var map = window.medspilMap.frame(box.querySelector(".ms-map__live"), data, box.dataset.tiles);
    window.medspilMap.around(map, { centre: data.centre, rings: [], border: data.border });
    others(map, data);
    var said = box.querySelector("[data-place=said]");
    var latitude = form.elements.latitude, longitude = form.elements.longitude;
    var before = box.dataset.at ? box.dataset.at.split(",").map(Number) : null;
    var mark = null;

    function show(at) {
      if (mark) { mark.remove(); mark = null; }
      if (at) { mark = window.L.circleMarker(at, { radius: 10, color: "#1a1a1a", weight: 3, fillColor: "#ffd34d", fillOpacity: 1, interactive: false }).addTo(map); }
    }

    function put(at) {
      latitude.value = at.lat.toFixed(6);
      longitude.value = at.lng.toFixed(6);
      show(at);
      said.textContent = box.dataset.put;
    }

    map.on("click", function (event) { put(event.latlng); });
    box.querySelector("[data-place=here]").addEventListener("click", function () { put(map.getCenter()); });
    box.querySelector("[data-place=undo]").addEventListener("click", function () {
      latitude.value = "";
      longitude.value = "";
      show(before);
      said.textContent = box.dataset.undone;
    });
    if (latitude.value && longitude.value) {
      show([Number(latitude.value), Number(longitude.value)]);
    } else if (before) {
      show(before);
    }
    if (mark) { map.setView(mark.getLatLng(), map.getZoom(), { animate: false }); }
  }

  document.querySelectorAll("[data-map-place]").forEach(start);
})();
