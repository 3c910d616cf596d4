/* The source of the chosen proposal stands in view beside it, and an opened one is entered; without
   this the links do. */
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

  /* Who opened a proposal by key types on at once. */
  function enterForm() {
    const form = document.querySelector(".proposal-edit");
    const field = form && form.querySelector("[aria-invalid='true'], textarea, input:not([type='hidden'])");
    if (!field || form.contains(document.activeElement)) return;
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  }

  ["DOMContentLoaded", "htmx:afterSwap"].forEach((moment) => {
    document.addEventListener(moment, showSource);
    document.addEventListener(moment, enterForm);
  });
})();
