/* Conveniences only: every page works without this file. */
"use strict";

(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  /* A form is sent once. The button keeps its name and value, which the browser reads before. */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    setTimeout(() => {
      if (!button) return;
      button.setAttribute("aria-busy", "true");
      button.disabled = true;
    });
    setTimeout(() => release(form), 20000);
  });

  function release(form) {
    delete form.dataset.sent;
    all("[aria-busy]", form).forEach((button) => {
      button.removeAttribute("aria-busy");
      button.disabled = false;
    });
  }

  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) release(form);
  });

  /* Menus close when one leaves them. */

  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* Filters apply when chosen; their button stays for who has no script. */

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-auto-submit") && event.target.matches("select, [type=checkbox], [type=radio], [type=date]")) {
      form.requestSubmit();
    }
  });

  /* A form shown again opens at what is to be mended. */

  const wrong = document.querySelector("main [aria-invalid='true']");
  if (wrong && !document.querySelector("main [autofocus]")) {
    const folded = wrong.closest("details:not([open])");
    if (folded) folded.open = true;
    wrong.focus({ preventScroll: true });
    wrong.scrollIntoView({ block: "center" });
  }

  /* A page made to be printed offers it where the browser can. */

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  /* Lists by keyboard: [data-keys] holds [data-key-item]; within an item, [data-key="d"] is what D does, [data-page-key] anywhere. */

  function select(list, item) {
    all("[data-key-item]", list).forEach((other) => {
      if (other === item) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    });
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    showSource(item);
  }

  function showSource(item) {
    all("mark.is-active").forEach((mark) => mark.classList.remove("is-active"));
    const marks = item.dataset.source ? all(item.dataset.source) : [];
    marks.forEach((mark) => mark.classList.add("is-active"));
    if (marks.length) marks[0].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const list = document.querySelector("[data-keys]");
    if (!list || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const items = all("[data-key-item]", list);
    const current = items.findIndex((item) => item.getAttribute("aria-current") === "true");
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step) {
      if (!items.length) return;
      event.preventDefault();
      select(list, items[Math.min(items.length - 1, Math.max(0, current + step))]);
      return;
    }
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const wanted = CSS.escape(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    const act = (current >= 0 && items[current].querySelector(`[data-key="${wanted}"]`))
      || document.querySelector(`[data-page-key="${wanted}"]`);
    if (act) {
      event.preventDefault();
      act.click();
    }
  });

  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-key-item]");
    if (!item || !item.closest("[data-keys]")) return;
    const list = item.closest("[data-keys]");
    if (item.getAttribute("aria-current") !== "true" && !isTyping(event.target)) {
      all("[data-key-item][aria-current]", list).forEach((other) => other.removeAttribute("aria-current"));
      item.setAttribute("aria-current", "true");
      showSource(item);
    }
  });

  /* An item answered in place leads on, and the address with it, unless one went elsewhere meanwhile. */

  document.addEventListener("htmx:load", (event) => {
    const item = event.detail.elt;
    if (!item.matches("[data-key-item][data-then]")) return;
    const list = item.closest("[data-keys]");
    if (all('[data-key-item][aria-current="true"]', list).some((other) => other !== item)) {
      item.removeAttribute("aria-current");
      return;
    }
    const then = new URL(item.dataset.then, location.href);
    history.replaceState(history.state, "", then);
    const next = list.querySelector(then.hash) || item;
    if (!next.contains(document.activeElement)) select(list, next);
  });

  /* Choosing rows: within [data-choice], boxes named "task", one for all, how many are chosen. */

  const boxes = (choice) => all('input[type="checkbox"][name="task"]', choice);

  function count(choice) {
    const ticked = boxes(choice).filter((box) => box.checked).length;
    all("[data-chosen-count]", choice).forEach((place) => {
      place.textContent = place.dataset.chosenCount.replace("N", ticked);
    });
    all("[data-choose-all]", choice).forEach((box) => {
      box.checked = ticked > 0 && ticked === boxes(choice).length;
      box.indeterminate = ticked > 0 && !box.checked;
    });
  }

  function countAll() {
    all("[data-choice]").forEach((choice) => {
      all("[data-choose-all]", choice).forEach((box) => {
        (box.closest("label") || box).hidden = boxes(choice).length < 2;
      });
      count(choice);
    });
  }

  document.addEventListener("change", (event) => {
    const choice = event.target.closest("[data-choice]");
    if (!choice) return;
    if (event.target.matches("[data-choose-all]")) {
      boxes(choice).forEach((box) => {
        box.checked = event.target.checked;
      });
    }
    count(choice);
  });

  window.addEventListener("pageshow", countAll);

  /* A row answered in place: what was done is said, and the next row's main button is ready. */

  const isPage = (xhr) => /^\s*<!doctype/i.test(xhr.responseText);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (isPage(xhr)) {
      event.detail.shouldSwap = false;
      if (!event.detail.isError) goThere(event.detail); /* to log in again */
    } else if ([400, 409].includes(xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:responseError", (event) => goThere(event.detail));

  /* The whole page says what is wrong; the form's key keeps it one act. */
  function goThere({ requestConfig: { elt, triggeringEvent }, xhr }) {
    const form = elt.closest("form[hx-post]");
    const button = triggeringEvent && triggeringEvent.submitter;
    if (form && button && button.name) {
      form.action = button.formAction;
      const sent = document.createElement("input");
      Object.assign(sent, { type: "hidden", name: button.name, value: button.value });
      form.append(sent);
    }
    if (form) form.submit();
    else if (elt.matches("a[href]")) location.assign(elt.href);
    else if (xhr.status === 200) location.reload();
  }

  document.addEventListener("htmx:load", (event) => {
    const row = event.detail.elt;
    if (!row.matches("[data-answered]")) return;
    const list = row.parentElement;
    all("[data-says]:not([data-row])").forEach((place) => {
      place.textContent = row.dataset.says;
    });
    const following = all("[data-row]", list).filter((one) => row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    const buttons = [row, ...following].map((one) => one.querySelector("[data-main-act]")).filter(Boolean);
    const next = row.querySelector("[aria-invalid], [data-main-act]") || buttons[0] || row.querySelector("a");
    if (next) next.focus();
    const choice = row.closest("[data-choice]");
    if (choice) count(choice);
  });
})();
