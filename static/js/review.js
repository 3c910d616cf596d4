/* The source of the chosen proposal stands in view beside it, an opened one is entered, and after an
   act in place one stands at the next; without this the links do. */
"use strict";

(() => {
  const all = (selector, root) => Array.from(root.querySelectorAll(selector));

  function showSource() {
    const item = document.querySelector('[data-key-item][aria-current="true"]');
    const mark = item && item.dataset.source ? document.querySelector(item.dataset.source) : null;
    const pane = mark ? mark.closest(".pane") : null;
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += above - pane.clientHeight / 3;
  }

  /* Who opened a proposal by key types on at once. */
  function enterForm(part) {
    const form = part.querySelector(".proposal-edit, .proposal-split");
    const field = form && ["[aria-invalid='true']", "textarea, input:not([type='hidden'])"]
      .map((wanted) => form.querySelector(wanted)).find(Boolean);
    if (!field || form.contains(document.activeElement)) return;
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  }

  document.addEventListener("DOMContentLoaded", () => {
    showSource();
    enterForm(document);
  });

  document.addEventListener("htmx:load", (event) => {
    const item = event.detail.elt;
    if (!item.matches("[data-key-item]")) return;
    showSource();
    enterForm(item);
  });

  /* What was folded stays folded when its part is drawn anew. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const drawn = all("details", event.detail.fragment);
    all("details", event.detail.target).forEach((old) => {
      const same = drawn.find((one) => one.className === old.className);
      if (same) same.open = old.open;
    });
  });
})();
