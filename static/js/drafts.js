/* What is typed into a form[data-keep] survives a lost log-in and a closed browser, for the same
   person on this machine, until it was sent or one logs out. Files cannot be kept. */
"use strict";

(() => {
  const PREFIX = "dondoc:kept:";
  const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;
  /* Whose form and which posting it is comes anew with every page; the version it was drawn from
     is kept, so that what somebody else changed meanwhile is refused and shown (rule 5.14). */
  const ANEW = ["csrfmiddlewaretoken", "acting", "request_key", "next"];
  const body = document.body;
  const user = body.dataset.user;
  const isLost = body.hasAttribute("data-lost");
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  function attempt(act) {
    try {
      return act();
    } catch {
      return null; /* full or forbidden: the convenience is lost, nothing else */
    }
  }

  const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
  const write = (key, value) => attempt(() => localStorage.setItem(key, JSON.stringify(value)));
  const drop = (key) => attempt(() => localStorage.removeItem(key));
  const keys = () => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) || [];
  const tab = attempt(() => {
    const known = sessionStorage.getItem("dondoc:tab") || crypto.getRandomValues(new Uint32Array(2)).join("-");
    sessionStorage.setItem("dondoc:tab", known);
    return known;
  });

  /* By the address a form is sent to: it is where one lands after logging in again. */
  const pathOf = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
  const keyOf = (form) => `${PREFIX}${pathOf(form)}:${form.dataset.keep}`;

  const isTyped = (field) => field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type);
  const isDrawn = (field) =>
    field.type === "hidden" && field.name && !ANEW.includes(field.name) && !field.name.endsWith("_FORMS");

  const typedIn = (form) =>
    Array.from(form.elements).filter(isTyped).map((field) => ({
      name: field.name,
      value: field.value,
      checked: field.checked === true,
      choice: field.type === "radio" || field.type === "checkbox",
    }));

  const drawnIn = (form) =>
    Array.from(form.elements).filter(isDrawn).map((field) => ({ name: field.name, value: field.value }));

  /* Put back what was typed; return whether anything differs, and what has no place any more. */
  function putBack(form, fields) {
    const rest = [];
    let differs = false;
    fields.forEach((kept) => {
      const same = Array.from(form.elements).filter((field) => isTyped(field) && field.name === kept.name);
      const field = kept.choice ? same.find((one) => one.value === kept.value) : same[0];
      if (!field) {
        if (!kept.choice && kept.value.trim()) rest.push(kept.value);
      } else if (kept.choice) {
        differs = differs || field.checked !== kept.checked;
        field.checked = kept.checked;
      } else {
        differs = differs || field.value !== kept.value;
        field.value = kept.value;
      }
    });
    return { differs: differs || rest.length > 0, rest };
  }

  function putBackDrawn(form, drawn) {
    const names = new Set(drawn.map((one) => one.name));
    Array.from(form.elements).filter((field) => isDrawn(field) && names.has(field.name)).forEach((field) => field.remove());
    drawn.forEach((one) => {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: one.name, value: one.value });
      form.append(field);
    });
  }

  function noteRestored(form, kept, rest) {
    const note = document.createElement("div");
    note.className = "callout callout-waiting mb-3";
    note.setAttribute("role", "status");
    note.append(kept.sent && !kept.lost ? body.dataset.keptSent : body.dataset.keptNote, " ");
    if (form.querySelector("[type=file]")) note.append(body.dataset.keptFiles, " ");
    const forget = document.createElement("button");
    Object.assign(forget, { type: "button", className: "link-button", textContent: body.dataset.keptDrop });
    forget.addEventListener("click", () => {
      drop(keyOf(form));
      location.reload();
    });
    note.append(forget);
    rest.forEach((text) => {
      const quote = document.createElement("p");
      Object.assign(quote, { className: "quote", textContent: text });
      note.append(quote);
    });
    form.prepend(note);
  }

  function hint(form) {
    const place = form.querySelector(".form-acts");
    if (!place || place.querySelector("[data-kept-hint]")) return;
    const note = document.createElement("p");
    Object.assign(note, { className: "note", textContent: body.dataset.keptHint });
    note.dataset.keptHint = "";
    place.append(note);
  }

  const watched = new WeakSet();

  function watch(form) {
    if (watched.has(form)) return;
    watched.add(form);
    const key = keyOf(form);
    const keep = (sent) =>
      write(key, { user, tab, at: Date.now(), sent, fields: typedIn(form), drawn: drawnIn(form) });
    const kept = read(key);
    if (kept) {
      const { differs, rest } = putBack(form, kept.fields);
      if (differs) {
        putBackDrawn(form, kept.drawn || []);
        noteRestored(form, kept, rest);
      }
    } else if (form.querySelector("[aria-invalid=true], [role=alert], .field-error")) {
      keep(false); /* refused: what was typed came back with the page, and is kept on */
    }
    form.addEventListener("input", () => {
      keep(false);
      hint(form);
    });
    form.addEventListener("submit", () => keep(true));
  }

  function forgetArrived() {
    keys().forEach((key) => {
      const kept = read(key);
      const arrived = kept && kept.sent && !kept.lost && kept.tab === tab;
      const isOld = kept && Date.now() - kept.at > KEPT_FOR;
      if (!kept || kept.user !== user || arrived || isOld) drop(key);
    });
  }

  /* The log-in page or an error page came instead of the answer: what was sent did not arrive. */
  function holdLost() {
    keys().forEach((key) => {
      const kept = read(key);
      if (kept && kept.sent && kept.tab === tab) write(key, { ...kept, lost: true });
    });
    all("form[data-posted]").forEach((form) =>
      form.addEventListener("submit", () => {
        const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
        if (token) form.elements.csrfmiddlewaretoken.value = token[1]; /* logged in anew meanwhile */
        keys().filter((key) => key.startsWith(`${PREFIX}${pathOf(form)}:`)).forEach((key) =>
          write(key, { ...read(key), sent: true, lost: false, tab })
        );
      })
    );
  }

  /* Answered in place, it arrived; refused, it comes back with the answer and is kept anew. */
  function forgetAnswered(event) {
    const { xhr, requestConfig: { elt } } = event.detail;
    const isAnswer = xhr.status < 300 || [400, 409].includes(xhr.status);
    const isPage = /^\s*<!doctype/i.test(xhr.responseText);
    if (elt.matches("form[data-keep]") && isAnswer && !isPage) drop(keyOf(elt));
  }

  if (isLost) holdLost();
  else if (user) {
    forgetArrived();
    const watchAll = () => all("form[data-keep]").forEach(watch);
    watchAll();
    document.addEventListener("htmx:load", watchAll);
    document.addEventListener("htmx:beforeSwap", forgetAnswered);
  }
  all("form[data-logs-out]").forEach((form) => form.addEventListener("submit", () => keys().forEach(drop)));
})();
