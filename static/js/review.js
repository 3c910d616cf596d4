/* The source of the chosen proposal stands in view beside it; without this the links do. */
"use strict";

(() => {
  function showSource() {
    const item = document.querySelector('[data-key-item][aria-current="true"]');
    const mark = item && item.dataset.source ? document.querySelector(item.dataset.source) : null;
    const pane = mark ? mark.closest(".pane") : null;
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += above - pane.clientHeight / 3;
  }

  document.addEventListener("DOMContentLoaded", showSource);
  document.addEventListener("htmx:afterSwap", showSource);
})();
