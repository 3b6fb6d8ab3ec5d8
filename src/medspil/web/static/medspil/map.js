// Turns the drawn map into one that moves, from the same data, and lights up list row and point together.
(function () {
  "use strict";

  function frame(place, data, tiles) {
    var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    var map = window.L.map(place, { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, minZoom: 5, maxZoom: 18 });
    map.attributionControl.setPrefix(false);
    if (tiles) { window.L.tileLayer(tiles, { maxZoom: 19 }).addTo(map); }
    data.towns.forEach(function (town) {
      if (tiles) { return; }
      var words = document.createElement("span");
      words.textContent = town.name;
      window.L.tooltip({ permanent: true, direction: "center", className: "ms-map__town" }).setLatLng(town.at).setContent(words).addTo(map);
    });
    map.fitBounds(data.bounds);
    return map;
  }

  function around(map, data) {
    data.rings.forEach(function (km) {
      window.L.circle(data.centre, { radius: km * 1000, color: "#7b8a83", weight: 1, dashArray: "3 5", fillColor: "#ffffff", fillOpacity: 0.25, interactive: false }).addTo(map);
    });
    if (data.border) {
      window.L.geoJSON(data.border, { interactive: false, style: { color: "#123f40", weight: 2, fillColor: "#8fd3c0", fillOpacity: 0.5 } }).addTo(map);
    }
  }

  function bubble(point, open) {
    var box = document.createElement("div");
    var name = document.createElement("p");
    name.appendChild(document.createElement("strong")).textContent = point.label;
    box.appendChild(name);
    if (point.note) { box.appendChild(document.createElement("p")).textContent = point.note; }
    if (point.href) {
      var link = box.appendChild(document.createElement("p")).appendChild(document.createElement("a"));
      link.href = point.href;
      link.textContent = open + ": " + point.label;
    }
    return box;
  }

  function rowsOf(ident) {
    return document.querySelectorAll("[data-point='" + window.CSS.escape(ident) + "']");
  }

  function light(ident, on) {
    rowsOf(ident).forEach(function (row) { row.classList.toggle("ms-lit", on); });
  }

  function addPoints(map, figure, data) {
    var marks = {};
    data.points.forEach(function (point) {
      var style = { radius: point.radius, color: point.line, weight: 2, fillColor: point.fill, fillOpacity: 1 };
      var mark = window.L.circleMarker(point.at, style).addTo(map).bindPopup(bubble(point, figure.dataset.open));
      mark.on("mouseover", function () { light(point.ident, true); });
      mark.on("mouseout", function () { light(point.ident, false); });
      marks[point.ident] = { mark: mark, style: style };
    });
    figure.medspilLight = function (ident, on) {
      var found = marks[ident];
      if (!found) { return; }
      found.mark.setStyle(on ? { color: "#1a1a1a", weight: 4 } : found.style);
      if (on) { found.mark.bringToFront(); }
    };
  }

  function start(figure) {
    var source = document.getElementById(figure.dataset.map);
    var place = figure.querySelector(".ms-map__live");
    if (!window.L || !source || !place.hidden) { return; }
    var data = JSON.parse(source.textContent);
    place.hidden = false;
    figure.querySelector(".ms-map__drawing").setAttribute("hidden", "");
    var map = frame(place, data, figure.dataset.tiles);
    around(map, data);
    addPoints(map, figure, data);
  }

  // A row of the list lights its point; the drawing does it by class, the moving map by style.
  function point(event, on) {
    var row = event.target.closest ? event.target.closest("[data-point]") : null;
    if (!row) { return; }
    light(row.dataset.point, on);
    document.querySelectorAll(".ms-map").forEach(function (figure) {
      if (figure.medspilLight) { figure.medspilLight(row.dataset.point, on); }
    });
  }

  document.addEventListener("mouseover", function (event) { point(event, true); });
  document.addEventListener("mouseout", function (event) { point(event, false); });
  document.addEventListener("focusin", function (event) { point(event, true); });
  document.addEventListener("focusout", function (event) { point(event, false); });
  document.addEventListener("medspil:fresh", function (event) { event.detail.scope.querySelectorAll(".ms-map").forEach(start); });
  document.querySelectorAll(".ms-map").forEach(start);
  window.medspilMap = { frame: frame };
})();
