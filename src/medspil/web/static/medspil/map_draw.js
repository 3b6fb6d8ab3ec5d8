// Draws the border of an area by its corners and writes it as GeoJSON into the text field of the form.
(function () {
  "use strict";

  function readRing(field) {
    try {
      var shape = JSON.parse(field.value);
      shape = shape.geometry || shape;
      return shape.coordinates[0].slice(0, -1).map(function (corner) { return [corner[1], corner[0]]; });
    } catch (error) {
      return [];
    }
  }

  function writeRing(field, corners) {
    if (corners.length < 3) { field.value = ""; return; }
    var ring = corners.concat([corners[0]]).map(function (corner) {
      return [Math.round(corner[1] * 1e6) / 1e6, Math.round(corner[0] * 1e6) / 1e6];
    });
    field.value = JSON.stringify({ type: "Polygon", coordinates: [ring] });
  }

  function start(box) {
    var field = document.getElementById(box.dataset.target);
    if (!window.L || !field || box.dataset.started) { return; }
    box.dataset.started = "yes";
    box.hidden = false;
    var data = JSON.parse(document.getElementById(box.dataset.mapDraw).textContent);
    var map = window.medspilMap.frame(box.querySelector(".ms-map__live"), data, box.dataset.tiles);
    window.medspilMap.around(map, { centre: data.centre, rings: data.rings, border: null });
    var shape = window.L.polygon([], { color: "#123f40", weight: 2, fillColor: "#8fd3c0", fillOpacity: 0.4, interactive: false }).addTo(map);
    var dots = window.L.layerGroup().addTo(map);
    var count = box.querySelector("[data-draw=count]");
    var corners = readRing(field);

    function draw(write) {
      shape.setLatLngs(corners);
      dots.clearLayers();
      corners.forEach(function (corner) {
        window.L.circleMarker(corner, { radius: 5, color: "#ffffff", weight: 2, fillColor: "#a8470f", fillOpacity: 1, interactive: false }).addTo(dots);
      });
      var words = corners.length ? box.dataset.some + " " + corners.length + "." : box.dataset.none;
      count.textContent = corners.length && corners.length < 3 ? words + " " + box.dataset.more : words;
      if (write) {
        writeRing(field, corners);
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }

    function add(at) { corners.push([at.lat, at.lng]); draw(true); }

    map.on("click", function (event) { add(event.latlng); });
    box.querySelector("[data-draw=add]").addEventListener("click", function () { add(map.getCenter()); });
    box.querySelector("[data-draw=undo]").addEventListener("click", function () { corners.pop(); draw(true); });
    box.querySelector("[data-draw=clear]").addEventListener("click", function () { corners = []; draw(true); });
    field.addEventListener("change", function (event) {
      if (event.isTrusted) { corners = readRing(field); draw(false); }
    });
    if (corners.length) { map.fitBounds(corners, { padding: [40, 40] }); }
    draw(false);
  }

  document.addEventListener("medspil:fresh", function (event) { event.detail.scope.querySelectorAll("[data-map-draw]").forEach(start); });
  document.querySelectorAll("[data-map-draw]").forEach(start);
})();
