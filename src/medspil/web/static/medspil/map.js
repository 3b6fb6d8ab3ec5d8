// Turns the drawn map into one that moves, from the same data, and lights up list row and point together.
(function () {
  "use strict";

  function words(text, at, css) {
    var box = document.createElement("span");
    box.textContent = text;
    return window.L.tooltip({ permanent: true, direction: "center", className: css }).setLatLng(at).setContent(box);
  }

  // Names that would lie upon one another are hidden, those named first win.
  function declutter(names) {
    var taken = [];
    names.forEach(function (name) {
      var element = name.getElement();
      if (!element) { return; }
      element.classList.remove("ms-map__town--hidden");
      var box = element.getBoundingClientRect();
      var free = taken.every(function (other) {
        return box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top;
      });
      if (free) { taken.push(box); } else { element.classList.add("ms-map__town--hidden"); }
    });
  }

  function frame(place, data, tiles) {
    var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    var map = window.L.map(place, { zoomControl: false, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, minZoom: 5, maxZoom: 18, zoomSnap: 0.25, zoomDelta: 0.75 });
    map.attributionControl.setPrefix(false);
    window.L.control.zoom({ zoomInTitle: data.words.zoom_in, zoomOutTitle: data.words.zoom_out }).addTo(map);
    map.on("popupopen", function (event) {
      event.popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", data.words.close);
    });
    // Names of towns and distances are part of the picture, no tips of tools: to a reader of screens they are words.
    map.on("tooltipopen", function (event) { event.tooltip.getElement().removeAttribute("role"); });
    map.fitBounds(data.bounds);
    window.L.control.scale({ imperial: false }).addTo(map);
    if (tiles) {
      window.L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
      return map;
    }
    // The postal areas of a wide map, each as large as to meet the next: together they are the land.
    if (data.dots.length) { map.getContainer().style.background = "#dde8ea"; }
    data.dots.forEach(function (at) {
      window.L.circle(at, { radius: 8500, stroke: false, fillColor: "#f4f1e7", fillOpacity: 1, interactive: false }).addTo(map);
    });
    var names = data.towns.map(function (town) { return words(town.name, town.at, "ms-map__town").addTo(map); });
    map.on("zoomend", function () { declutter(names); });
    declutter(names);
    return map;
  }

  function around(map, data) {
    data.rings.forEach(function (km) {
      window.L.circle(data.centre, { radius: km * 1000, color: "#7b8a83", weight: 1, dashArray: "3 5", fillColor: "#ffffff", fillOpacity: 0.25, interactive: false }).addTo(map);
      words(km.toLocaleString(document.documentElement.lang) + " km", [data.centre[0] + km / 111.2, data.centre[1]], "ms-map__town ms-map__town--ring").addTo(map);
    });
    if (data.route && data.route.length > 1) {
      window.L.polyline(data.route, { color: "#a8470f", weight: 4, dashArray: "8 6", interactive: false }).addTo(map);
    }
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

  // A point of another form than a circle: the library draws it and finds it under the mouse as it does a circle.
  function formed() {
    return window.L.CircleMarker.extend({
      _updatePath: function () {
        var at = this._point, radius = this._radius;
        var corners = this.options.corners.map(function (corner) {
          return (at.x + corner[0] * radius).toFixed(1) + " " + (at.y + corner[1] * radius).toFixed(1);
        });
        this._renderer._setPath(this, this._empty() ? "M0 0" : "M" + corners.join("L") + "Z");
      }
    });
  }

  function addPoints(map, figure, data) {
    var Formed = formed();
    var marks = {};
    data.points.forEach(function (point) {
      var style = { radius: point.radius, color: point.line, weight: 2, fillColor: point.fill, fillOpacity: 1 };
      var form = point.corners.length ? new Formed(point.at, Object.assign({ corners: point.corners }, style)) : window.L.circleMarker(point.at, style);
      var mark = form.addTo(map).bindPopup(bubble(point, figure.dataset.open));
      if (point.sign) {
        var sign = document.createElement("span");
        sign.textContent = point.sign;
        sign.style.color = point.line;
        var icon = window.L.divIcon({ className: "ms-map__sign", html: sign, iconSize: [24, 24] });
        window.L.marker(point.at, { icon: icon, interactive: false, keyboard: false }).addTo(map);
      }
      if (point.named) {
        var name = document.createElement("span");
        name.textContent = point.label;
        mark.bindTooltip(name, { permanent: true, direction: "auto", className: "ms-map__town ms-map__town--name" });
      }
      mark.on("mouseover", function () { light(point.ident, true); });
      mark.on("mouseout", function () { light(point.ident, false); });
      if (point.kind === "kept") {
        window.L.circleMarker(point.at, { radius: 2.5, stroke: false, fillColor: "#ffffff", fillOpacity: 1, interactive: false }).addTo(map);
      }
      marks[point.ident] = { mark: mark, style: style };
    });
    figure.medspilLight = function (ident, on) {
      var found = marks[ident];
      if (!found) { return; }
      found.mark.setStyle(on ? { color: "#1a1a1a", weight: 4 } : found.style);
          };
  }

  // A map in a folded part has no size yet: it begins when the part is opened.
  function waits(figure) {
    var fold = figure.closest("details:not([open])");
    if (!fold || !figure.checkVisibility || figure.checkVisibility()) { return false; }
    fold.addEventListener("toggle", function () { start(figure); }, { once: true });
    return true;
  }

  function start(figure) {
    var source = document.getElementById(figure.dataset.map);
    var place = figure.querySelector(".ms-map__live");
    if (!window.L || !source || !place.hidden || waits(figure)) { return; }
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
  window.medspilMap = { frame: frame, around: around };
})();
