/**
 * Keeps what the user wrote, whatever happens to the rest of the page.
 *
 * Plain JavaScript, loaded before everything else and needing none of it: when the
 * WebAssembly part traps or does not start, this part goes on. It does two things.
 *
 * The mirror: `statelabGuard.keep(documentId, name, text)` writes the latest text of a
 * document to localStorage, at most once in 250 ms, and always before the page is left;
 * `keepBeside` does so with what stands beside the text (input, mocks and the like).
 *
 * The error screen: after a trap, a failed start or a call of `statelabGuard.failed`, it
 * covers the page and offers the text to copy or download.
 */
(() => {
  const PREFIX = "statelab.mirror.";
  const INTERVAL_MILLIS = 250;

  // -- the mirror -------------------------------------------------------------------

  /** The latest of each document in this page: id → {name, text, beside, savedAt}. */
  const latest = new Map();
  /** The id of the document that the page shows. */
  let shownId = null;
  /** The documents not yet written. */
  const unwritten = new Set();
  let lastWrite = -Infinity;
  let timer = 0;

  const guard = {
    /** "ok"; "full" when the latest text did not fit; "none" when storage is switched off. */
    storage: "ok",

    /**
     * Says what the page shows from now on, as it was saved at `savedAt`.
     * @param {string} documentId
     * @param {{name: string, text: string, beside: string, savedAt: number}} document
     * @param {boolean} isWritten whether to keep it for the next start
     */
    open(documentId, document, isWritten) {
      shownId = documentId;
      latest.set(documentId, { ...document });
      if (isWritten) unwritten.add(documentId);
      writeAll();
    },

    /**
     * Keeps the latest text of a document.
     * @param {string} documentId
     * @param {string} name
     * @param {string | (() => string)} text a function is asked when the text is written
     */
    keep(documentId, name, text) {
      keepChanged(documentId, { name, text });
    },

    /**
     * Keeps what stands beside the text of a document that is shown or was kept.
     * @param {string} documentId
     * @param {string} beside as JSON
     */
    keepBeside(documentId, beside) {
      if (latest.has(documentId)) keepChanged(documentId, { beside });
    },

    /** Writes at once what is not yet written. */
    flush() {
      if (unwritten.size > 0) writeAll();
    },

    /**
     * What is kept, latest first.
     * @returns {{id: string, name: string, text: string, beside: string, savedAt: number}[]}
     */
    kept() {
      const found = new Map(stored());
      for (const [id, document] of latest) found.set(id, { ...document, text: textOf(document) });
      return [...found]
        .map(([id, document]) => ({ id, ...document }))
        .sort((a, b) => b.savedAt - a.savedAt);
    },

    /**
     * Keeps a document no longer; what is written of it stays.
     * @param {string} documentId
     */
    letGo(documentId) {
      latest.delete(documentId);
      unwritten.delete(documentId);
    },

    /** @param {string} documentId */
    forget(documentId) {
      guard.letGo(documentId);
      try {
        localStorage.removeItem(PREFIX + documentId);
      } catch {
        setStorage("none");
      }
    },

    /**
     * Shows the error screen, once.
     * @param {string} message what happened, in the user's words
     */
    failed(message) {
      show(message);
    },
  };

  function keepChanged(id, change) {
    latest.set(id, { beside: "", ...latest.get(id), ...change, savedAt: Date.now() });
    unwritten.add(id);
    const wait = lastWrite + INTERVAL_MILLIS - performance.now();
    if (wait <= 0) writeAll();
    else timer ||= setTimeout(writeAll, wait);
  }

  function textOf(document) {
    return typeof document.text === "function" ? document.text() : document.text;
  }

  function writeAll() {
    clearTimeout(timer);
    timer = 0;
    lastWrite = performance.now();
    for (const id of [...unwritten]) {
      const document = latest.get(id);
      const text = textOf(document);
      document.text = text;
      unwritten.delete(id);
      try {
        localStorage.setItem(PREFIX + id, JSON.stringify({ ...document, text }));
        setStorage("ok");
      } catch (error) {
        setStorage(isFull(error) ? "full" : "none");
      }
    }
  }

  function isFull(error) {
    return error instanceof DOMException && /quota/i.test(error.name);
  }

  function setStorage(storage) {
    if (guard.storage === storage) return;
    guard.storage = storage;
    dispatchEvent(new CustomEvent("statelab-storage", { detail: storage }));
  }

  function stored() {
    const found = [];
    try {
      for (let index = 0; index < localStorage.length; index += 1) {
        const key = localStorage.key(index);
        if (!key.startsWith(PREFIX)) continue;
        const document = parsed(localStorage.getItem(key));
        if (document) found.push([key.slice(PREFIX.length), document]);
      }
    } catch {
      setStorage("none");
    }
    return found;
  }

  function parsed(json) {
    try {
      const { name, text, beside, savedAt } = JSON.parse(json);
      if (typeof text !== "string") return null;
      return { name: String(name), text, beside: String(beside ?? ""), savedAt: Number(savedAt) || 0 };
    } catch {
      return null;
    }
  }

  addEventListener("pagehide", writeAll);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") writeAll();
  });

  try {
    localStorage.getItem(PREFIX);
  } catch {
    guard.storage = "none";
  }

  // -- what stops the application -----------------------------------------------------

  function isFatal(error, message) {
    if (typeof WebAssembly === "object") {
      const { RuntimeError, CompileError, LinkError } = WebAssembly;
      if ([RuntimeError, CompileError, LinkError].some((kind) => error instanceof kind)) return true;
    }
    return /\bpanicked at\b|\bunreachable executed\b|RuntimeError: unreachable/.test(message);
  }

  function describe(error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error ?? "");
  }

  let started = false;
  addEventListener("TrunkApplicationStarted", () => {
    started = true;
    document.querySelector(".skeleton")?.remove();
  });

  addEventListener(
    "error",
    (event) => {
      const { target } = event;
      if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) {
        if (!started && isOwn(target)) show(NOT_LOADED, target.src || target.href);
        return;
      }
      const message = describe(event.error ?? event.message);
      if (isFatal(event.error, message)) show(stopped(message), message);
      else if (!started && !(event.error instanceof DOMException)) show(notStarted(message), message);
    },
    true,
  );

  addEventListener("unhandledrejection", ({ reason }) => {
    const message = describe(reason);
    if (isFatal(reason, message)) show(stopped(message), message);
    else if (!started) show(notStarted(message), message);
  });

  function isOwn(element) {
    return element instanceof HTMLScriptElement || element.rel === "stylesheet" || element.rel === "modulepreload";
  }

  const NOT_LOADED = "A part of the application could not be loaded. Check the connection, then try again.";

  function stopped(message) {
    return started ? "The application has stopped because of a mistake of its own." : notStarted(message);
  }

  /** Why the application did not start, by what the browser said of it. */
  function notStarted(message) {
    // Chromium, Firefox and Safari, in this order.
    if (/unsafe-eval|Refused to compile|blocked by CSP|Content Security Policy/i.test(message)) {
      return "This page may not run WebAssembly, which Statelab needs: a setting of the browser, an extension or a proxy forbids it.";
    }
    if (/failed to fetch|NetworkError|error loading dynamically imported|Load failed|importing a module script failed/i.test(message)) {
      return NOT_LOADED;
    }
    return "The application could not start.";
  }

  // -- the error screen ---------------------------------------------------------------

  let shown = false;

  function show(message, detail = "") {
    if (shown) return;
    shown = true;
    if (document.body) build(message, detail);
    else addEventListener("DOMContentLoaded", () => build(message, detail), { once: true });
  }

  function build(message, detail) {
    let kept = [];
    try {
      writeAll();
      kept = guard.kept();
    } catch {
      // The texts in storage are still there after a reload.
    }
    const document_ = kept.find(({ id }) => id === shownId) ?? kept[0];

    const title = element("h2", { id: "guard-title" }, message);
    const advice = element(
      "p",
      { id: "guard-advice" },
      document_
        ? `Your text of “${document_.name}” is safe: it is below. Copy or download it, then reload the page.`
        : started
          ? "Reload the page to try again."
          : "Nothing is lost: whatever you wrote here before is still on this device.",
    );
    const content = element("div", { class: "guard-content" }, title, advice);
    if (detail) content.append(element("p", { class: "guard-detail" }, detail));

    const reload = button(started ? "Reload" : "Retry", () => location.reload());
    const actions = element("div", { class: "guard-actions" });
    if (document_) {
      const area = element("textarea", { readonly: "", "aria-label": `Text of ${document_.name}`, spellcheck: "false" });
      area.value = document_.text;
      content.append(area);
      actions.append(
        button("Copy text", (event) => copy(area, event.currentTarget)),
        button("Download text", () => download(document_)),
      );
    }
    actions.append(reload);
    content.append(actions);

    const screen = element(
      "div",
      { class: "guard", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "guard-title", "aria-describedby": "guard-advice" },
      content,
    );
    document.querySelector(".skeleton")?.remove();
    for (const other of document.body.children) other.inert = true;
    document.body.append(screen);
    reload.focus();
  }

  function element(name, attributes, ...children) {
    const created = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value);
    created.append(...children);
    return created;
  }

  function button(label, onClick) {
    const created = element("button", { type: "button" }, label);
    created.addEventListener("click", onClick);
    return created;
  }

  async function copy(area, pressed) {
    let copied = false;
    try {
      await navigator.clipboard.writeText(area.value);
      copied = true;
    } catch {
      area.select();
      copied = document.execCommand("copy");
    }
    pressed.textContent = copied ? "Copied" : "Select the text and copy it";
  }

  function download({ name, text }) {
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const file = /\.[a-z]+$/i.test(name) ? name : `${name}.asl.json`;
    const link = element("a", { href: url, download: file });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  // -- start --------------------------------------------------------------------------

  globalThis.statelabGuard = guard;

  if (typeof WebAssembly !== "object") {
    show("This browser has no WebAssembly, which Statelab needs.");
  } else if (typeof Worker !== "function") {
    show("This browser has no web workers, which Statelab needs.");
  }
})();
