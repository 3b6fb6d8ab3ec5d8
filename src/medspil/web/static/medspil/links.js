// The picture of a network: arrow keys go from party to party, and a party lights up with those it works with.
(function () {
  "use strict";

  function start(figure) {
    if (figure.dataset.ready) { return; }
    figure.dataset.ready = "yes";
    var nodes = Array.prototype.slice.call(figure.querySelectorAll(".ms-net__node"));
    var ties = Array.prototype.slice.call(figure.querySelectorAll(".ms-net__tie"));
    var links = nodes.filter(function (node) { return node.hasAttribute("href"); });
    var told = figure.querySelector("[data-network-told]");
    var help = told.dataset.help;

    function light(node) {
      var near = node.dataset.near.split(" ");
      var nth = node.dataset.nth;
      figure.classList.add("ms-net--lit");
      nodes.forEach(function (each) {
        each.classList.toggle("ms-net__node--lit", each === node || near.indexOf(each.dataset.nth) >= 0);
        each.classList.toggle("ms-net__node--asked", each === node);
      });
      ties.forEach(function (tie) {
        tie.classList.toggle("ms-net__tie--lit", tie.dataset.ends.split(" ").indexOf(nth) >= 0);
      });
      told.textContent = node.querySelector("title").textContent;
      delete told.dataset.idle;
    }

    function dark() {
      figure.classList.remove("ms-net--lit");
      told.textContent = help;
      told.dataset.idle = "yes";
    }

    // The nearest party on the side the arrow points to.
    function next(from, dx, dy) {
      var best = null;
      var least = Infinity;
      links.forEach(function (node) {
        var x = parseFloat(node.dataset.x) - parseFloat(from.dataset.x);
        var y = parseFloat(node.dataset.y) - parseFloat(from.dataset.y);
        var ahead = x * dx + y * dy;
        var aside = Math.abs(x * dy) + Math.abs(y * dx);
        var away = ahead + 2 * aside;
        if (node !== from && ahead > 1 && away < least) { best = node; least = away; }
      });
      return best;
    }

    function go(node) {
      links.forEach(function (each) { each.setAttribute("tabindex", each === node ? "0" : "-1"); });
      node.focus();
    }

    var ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    figure.addEventListener("keydown", function (event) {
      var node = event.target.closest(".ms-net__node");
      var way = ways[event.key];
      if (!node || !way) { return; }
      event.preventDefault();
      var found = next(node, way[0], way[1]);
      if (found) { go(found); }
    });
    nodes.forEach(function (node) {
      node.addEventListener("mouseenter", function () { light(node); });
      node.addEventListener("mouseleave", dark);
      node.addEventListener("focus", function () { light(node); });
      node.addEventListener("blur", dark);
    });
    if (links.length) { links[0].setAttribute("tabindex", "0"); }
    dark();
    // A picture wider than the screen begins where most lines meet.
    var frame = figure.querySelector(".ms-net__frame");
    if (links.length && frame.scrollWidth > frame.clientWidth) {
      frame.scrollLeft = parseFloat(links[0].dataset.x) - frame.clientWidth / 2;
      frame.scrollTop = parseFloat(links[0].dataset.y) - frame.clientHeight / 2;
    }
  }

  function all(scope) {
    scope.querySelectorAll("[data-network]").forEach(start);
  }

  document.addEventListener("medspil:fresh", function (event) { all(event.detail.scope); });
  all(document);
})();
