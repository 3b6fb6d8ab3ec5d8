// Starts the design system's parts, puts focus where it belongs, and does both again after HTMX changed the page.
(function () {
  "use strict";

  function start(scope) {
    if (window.DKFDS) { window.DKFDS.init({ scope: scope }); }
    document.dispatchEvent(new CustomEvent("medspil:fresh", { detail: { scope: scope } }));
  }

  function announce(text) {
    var place = document.getElementById("announcer");
    if (place) { place.textContent = text; }
  }

  function focusErrors() {
    var summary = document.querySelector("[data-error-summary]");
    if (summary) { summary.focus(); }
  }

  // The menu of the person who is signed in closes on Escape and on a click elsewhere.
  function closeMenus(event) {
    document.querySelectorAll("details.ms-menu[open]").forEach(function (menu) {
      if (event.type === "keydown" && event.key === "Escape") {
        menu.open = false;
        menu.querySelector("summary").focus();
      } else if (event.type === "click" && !menu.contains(event.target)) {
        menu.open = false;
      }
    });
  }

  // A link to a part that is folded opens it; browsers of today do so by themselves, older ones by this.
  function openTarget() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var moved = false;
    for (var fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      if (!fold.open) { fold.open = true; moved = true; }
    }
    if (moved) { target.scrollIntoView(); }
  }

  // A second click on the button of a form that is on its way does nothing.
  function onlyOnce(event) {
    var form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  }

  document.addEventListener("keydown", closeMenus);
  document.addEventListener("click", closeMenus);
  document.addEventListener("submit", onlyOnce);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    }
  });

  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) { start(event.target); }
  });
  // Answers that carry a form with errors or an edit conflict are shown, too.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status === 409 || event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:responseError", function () { announce(document.body.dataset.failed || ""); });
  document.addEventListener("htmx:sendError", function () { announce(document.body.dataset.failed || ""); });

  window.addEventListener("hashchange", openTarget);

  start(document.body);
  focusErrors();
  openTarget();
})();
