/**
 * The code editor: CodeMirror 6 behind the one global `statelabEditor`.
 *
 * The application owns the text and its undo history; the editor reports what the user
 * did as changes and shows what it is told. Offsets at this border are UTF-16 units of the
 * application's text, with its line endings as they are.
 *
 * @typedef {import("./lines.js").Change} Change
 *
 * @typedef {object} Info
 * @property {"type" | "paste" | "delete" | "compose" | "other"} kind what the user did
 * @property {boolean} composing whether an input method is still open (always `false` so
 *   far: a composition is reported once, when it has ended)
 *
 * @typedef {object} Diagnostic
 * @property {number} from
 * @property {number} to
 * @property {"error" | "warning" | "info" | "hint"} severity
 * @property {string} message
 * @property {string} [hint] what to do about it
 * @property {string[]} [fixes] what edits would do about it
 *
 * @typedef {object} Mirror the document that `statelabGuard` keeps a copy of
 * @property {string} id
 * @property {string} name
 *
 * @typedef {object} Options
 * @property {string} [text]
 * @property {string} [label] the accessible name
 * @property {boolean} [readOnly]
 * @property {Mirror} [mirror] keeps the text on every change, even after the application
 *   has stopped
 * @property {(changes: Change[], info: Info) => void} [onChange] the user's own changes,
 *   sorted, not overlapping, in offsets of the text before them
 * @property {(from: number, to: number) => void} [onSelect] the user moved the selection
 * @property {() => void} [onUndo] Mod-z
 * @property {() => void} [onRedo] Mod-Shift-z, Mod-y
 * @property {() => void} [onRun] Mod-Enter
 * @property {(problem: number, fix: number) => void} [onFix] a fix of a problem was chosen, by
 *   their places in the lists
 * @property {(question: string) => Promise<string>} [onAsk] help with the text, see `help.js`
 */
import * as state from "@codemirror/state";
import { Annotation, ChangeSet, Compartment, EditorState, Prec } from "@codemirror/state";
import * as view from "@codemirror/view";
import {
  EditorView,
  crosshairCursor,
  drawSelection,
  dropCursor,
  gutter,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
  runScopeHandlers,
} from "@codemirror/view";

import { applyTo, breakOf, fromText, keepsMode, modeOf, separatorOf, toText } from "./lines.js";
import { select as selectLines, selectedLines } from "./selected.js";
import { theme } from "./theme.js";

/** On transactions that come from the application and are not reported back to it. */
const foreign = Annotation.define();

/** Half of a character that takes two UTF-16 units. */
const HALF = /\p{Surrogate}/gu;

const CONTROL = /\p{Control}/u;

const KEYS = "Tab indents. To leave the editor, press Escape and then Tab. Control+M switches between the two.";
const SETTLE_MILLIS = 60;

class Editor {
  /** @param {HTMLElement} parent @param {Options} options */
  constructor(parent, options) {
    this.options = options;
    this.mirrored = options.mirror ?? null;
    this.separator = new Compartment();
    this.access = new Compartment();
    this.parts = { problems: new Compartment(), folding: new Compartment(), rest: new Compartment(), help: new Compartment() };
    /** Whether what comes later is there. */
    this.completed = more !== null;
    /** The problems to show, once they can be shown. */
    this.problems = null;
    /** What the user composed and the application does not know yet. */
    this.pending = null;
    this.settling = 0;
    /** What help needs of the editor. */
    this.host = {
      ask: async (question) => JSON.parse((await options.onAsk(JSON.stringify({ ...question, text: this.text() }))) ?? "null"),
      toText: (position) => toText(this.mode, this.view.state.doc, position),
      fromText: (offset, doc = this.view.state.doc) => fromText(this.mode, doc, offset),
    };
    const text = options.text ?? "";
    this.mode = modeOf(text);
    this.view = new EditorView({ parent, state: this.#state(text) });
    if (this.completed) this.view.dom.dataset.complete = "";
    // After the frame that shows the text.
    else requestAnimationFrame(() => setTimeout(() => this.#complete().catch(() => {})));
  }

  /** Adds what comes later, now. What fails to load is tried again at the next need. */
  async #complete() {
    if (this.completed) return;
    await loadMore();
    if (this.completed) return;
    this.completed = true;
    const { parts } = this;
    const now = { ...more, help: this.#help() };
    this.#dispatch({ effects: Object.keys(parts).map((part) => parts[part].reconfigure(now[part])) });
    if (this.problems) this.#showProblems();
    this.view.dom.dataset.complete = "";
  }

  #help() {
    return this.options.onAsk ? aid.help(this.host) : [];
  }

  /** A key of what comes later waits for it. */
  #early(event) {
    const isEarly = !this.completed && !event.altKey && (event.ctrlKey || event.metaKey ? /^[fg ]$/i : /^(Tab|Enter|F2|F12)$/).test(event.key);
    if (!isEarly || event.isComposing) return false;
    this.#complete()
      .then(() => runScopeHandlers(this.view, event, "editor"))
      .catch(() => {});
    return true;
  }

  #state(text) {
    const { options } = this;
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of(this.#appKeys())),
        this.separator.of(this.#separator()),
        this.access.of(EditorState.readOnly.of(options.readOnly ?? false)),
        EditorView.contentAttributes.of({
          "aria-label": options.label ?? "Code",
          "aria-description": KEYS,
          tabindex: "0",
          spellcheck: "false",
          autocapitalize: "off",
          autocorrect: "off",
        }),
        EditorState.tabSize.of(2),
        EditorState.allowMultipleSelections.of(true),
        // Empty gutters keep the place of those that come later.
        this.parts.problems.of(more?.problems ?? gutter({ class: "cm-gutter-lint" })),
        lineNumbers(),
        this.parts.folding.of(more?.folding ?? gutter({ class: "cm-foldGutter" })),
        highlightSpecialChars(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        dropCursor(),
        rectangularSelection(),
        crosshairCursor(),
        // Its keys go before those of the rest.
        this.parts.help.of(more ? this.#help() : []),
        this.parts.rest.of(more?.rest ?? []),
        EditorState.transactionFilter.of(wellFormed),
        selectedLines,
        theme,
        EditorView.domEventHandlers({
          beforeinput: (event) => this.#beforeInput(event),
          keydown: (event) => this.#early(event),
        }),
        EditorView.domEventObservers({ compositionend: () => this.#settle(0) }),
        EditorView.updateListener.of((update) => this.#updated(update)),
      ],
    });
  }

  #separator() {
    return EditorState.lineSeparator.of(separatorOf(this.mode));
  }

  #appKeys() {
    const undo = () => this.#history("onUndo");
    const redo = () => this.#history("onRedo");
    const run = () => {
      this.#flush();
      this.options.onRun?.();
      return true;
    };
    return [
      { key: "Mod-z", run: undo, preventDefault: true },
      { key: "Mod-Shift-z", run: redo, preventDefault: true },
      { key: "Mod-y", run: redo, preventDefault: true },
      { key: "Mod-Enter", run, preventDefault: true },
    ];
  }

  #history(callback) {
    this.#flush();
    if (!this.view.state.readOnly) this.options[callback]?.();
    return true;
  }

  /** Undo and redo of a context menu or of a touch keyboard. */
  #beforeInput(event) {
    if (event.inputType === "historyUndo") {
      event.preventDefault();
      return this.#history("onUndo");
    }
    if (event.inputType === "historyRedo") {
      event.preventDefault();
      return this.#history("onRedo");
    }
    return false;
  }

  #updated(update) {
    if (update.docChanged) this.#keep();
    const own = update.transactions.filter((transaction) => !transaction.annotation(foreign));
    if (own.length === 0) return;

    const edits = own.filter((transaction) => transaction.docChanged);
    // The application dispatches alone, so an update is either all its own or all the user's.
    if (edits.length > 0) {
      this.pending = {
        base: this.pending?.base ?? update.startState.doc,
        changes: this.pending ? this.pending.changes.compose(update.changes) : update.changes,
        kind: this.pending ? "compose" : kindOf(edits),
      };
      if (this.view.composing || this.pending.kind === "compose") {
        this.#settle(SETTLE_MILLIS);
        return;
      }
      this.#report();
    } else if (this.pending && !this.view.composing) {
      this.#report();
    }
    if (this.pending) return;

    const { main } = update.state.selection;
    const before = update.startState.selection.main;
    if (edits.length > 0 || main.from !== before.from || main.to !== before.to) this.#reportSelection();
  }

  /** Reports a composition as soon as the input method has closed. */
  #settle(millis) {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (this.view.composing) this.#settle(SETTLE_MILLIS);
      else this.#flush();
    }, millis);
  }

  #flush() {
    clearTimeout(this.settling);
    if (!this.pending) return;
    this.#report();
    this.#reportSelection();
  }

  #report() {
    const { base, changes, kind } = this.pending;
    this.pending = null;
    const lineBreak = breakOf(this.mode);
    const reported = [];
    changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
      reported.push({
        from: toText(this.mode, base, fromA),
        to: toText(this.mode, base, toA),
        insert: inserted.sliceString(0, inserted.length, lineBreak),
      });
    });
    if (reported.length > 0) this.options.onChange?.(reported, { kind, composing: false });
  }

  #reportSelection() {
    const { doc, selection } = this.view.state;
    const { from, to } = selection.main;
    this.options.onSelect?.(toText(this.mode, doc, from), toText(this.mode, doc, to));
  }

  #keep() {
    const { mirrored } = this;
    if (mirrored) globalThis.statelabGuard?.keep(mirrored.id, mirrored.name, () => this.text());
  }

  /** Changes the view without telling the application. */
  #dispatch(spec) {
    this.view.dispatch({ ...spec, annotations: foreign.of(true) });
  }

  /** Where an offset of the application is in the editor, a composition in between or not. */
  #position(offset) {
    const { pending } = this;
    if (pending) return pending.changes.mapPos(fromText(this.mode, pending.base, offset));
    return fromText(this.mode, this.view.state.doc, offset);
  }

  /** The text as the user sees it, line endings as they were handed in. */
  text() {
    const { doc } = this.view.state;
    return doc.sliceString(0, doc.length, breakOf(this.mode));
  }

  /**
   * Shows changes made elsewhere. The cursor and the scroll position stay; `onChange` is
   * not called.
   * @param {Change[]} changes sorted, not overlapping, in offsets of the application's text
   */
  apply(changes) {
    const { state } = this.view;
    if (!keepsMode(this.mode, this.mode === "lf" ? "" : this.#known(), changes)) {
      this.replace(applyTo(this.#known(), changes));
      return;
    }
    const doc = this.pending?.base ?? state.doc;
    const set = ChangeSet.of(
      changes.map(({ from, to, insert }) => ({
        from: fromText(this.mode, doc, from),
        to: fromText(this.mode, doc, to),
        insert: state.toText(insert),
      })),
      doc.length,
    );
    if (!this.pending) {
      this.#dispatch({ changes: set });
      return;
    }
    const { changes: composed, kind } = this.pending;
    this.pending = { base: set.apply(doc), changes: composed.map(set, true), kind };
    this.#dispatch({ changes: set.map(composed) });
  }

  /** The text that the application knows: without what is being composed. */
  #known() {
    const doc = this.pending?.base ?? this.view.state.doc;
    return doc.sliceString(0, doc.length, breakOf(this.mode));
  }

  /**
   * Shows another text. Only what differs is replaced, so the cursor stays where the two
   * agree.
   * @param {string} text
   */
  replace(text) {
    clearTimeout(this.settling);
    this.pending = null;
    const mode = modeOf(text);
    if (mode !== this.mode) {
      this.mode = mode;
      this.#dispatch({ effects: this.separator.reconfigure(this.#separator()) });
    }
    const { state } = this.view;
    const before = state.doc.toString();
    const after = state.toText(text).toString();
    if (before === after) return;
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
    const insert = state.toText(after.slice(start, after.length - end));
    this.#dispatch({ changes: { from: start, to: before.length - end, insert } });
  }

  /**
   * Shows problems: underlined, in the gutter and in tooltips.
   * @param {Diagnostic[]} diagnostics
   */
  setDiagnostics(diagnostics) {
    const { doc } = this.view.state;
    const shown = diagnostics.map(({ from, to, severity, message, hint, fixes }, problem) => {
      const start = this.#position(from);
      const end = Math.max(start, this.#position(to));
      // A picture stands for a control character; only what is longer goes around it.
      const isPicture = end - start === 1 && CONTROL.test(doc.sliceString(start, end));
      return {
        from: isPicture ? Math.max(start - 1, 0) : start,
        to: isPicture ? Math.min(end + 1, doc.length) : end,
        severity,
        message,
        renderMessage: () => messageOf(message, hint),
        actions: (fixes ?? []).map((name, fix) => ({ name, apply: () => this.options.onFix?.(problem, fix) })),
      };
    });
    shown.sort((a, b) => a.from - b.from || a.to - b.to);
    this.problems = shown;
    if (this.completed) this.#showProblems();
  }

  #showProblems() {
    const { state } = this.view;
    const within = (offset) => Math.min(offset, state.doc.length);
    const shown = this.problems.map((problem) => ({ ...problem, from: within(problem.from), to: within(problem.to) }));
    this.#dispatch(more.setDiagnostics(state, shown));
  }

  /** Marks the lines from `from` to `to`; without arguments, none. */
  highlight(from, to) {
    const isNone = from === undefined || from === null;
    const start = isNone ? 0 : this.#position(from);
    const range = isNone ? null : { from: start, to: Math.max(start, this.#position(to ?? from)) };
    const marks = selectLines(this.view.state, range);
    if (marks) this.#dispatch(marks);
  }

  /** Selects and scrolls to the middle; `onSelect` is not called. */
  select(from, to) {
    const anchor = this.#position(from);
    const head = this.#position(to ?? from);
    this.#dispatch({
      selection: { anchor, head },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
  }

  /** @param {boolean} readOnly */
  setReadOnly(readOnly) {
    this.#dispatch({ effects: this.access.reconfigure(EditorState.readOnly.of(readOnly)) });
  }

  /** @param {Mirror | null} mirror what the text is kept as from now on */
  setMirror(mirror) {
    this.mirrored = mirror ?? null;
  }

  focus() {
    this.view.focus();
  }

  /** Opens the search, over the selected text. */
  find() {
    this.#complete()
      .then(() => more.openSearchPanel(this.view))
      .catch(() => {});
  }

  /**
   * Does what help offers.
   * @param {"format" | "rename" | "complete"} command
   */
  run(command) {
    if (!this.options.onAsk) return;
    this.view.focus();
    this.#complete()
      .then(() => aid.commands[command](this.host, this.view))
      .catch(() => {});
  }

  destroy() {
    this.#flush();
    this.view.destroy();
  }
}

/**
 * Puts U+FFFD for half characters that come in, as the application's text cannot hold them.
 * @param {import("@codemirror/state").Transaction} transaction
 */
function wellFormed(transaction) {
  const changes = [];
  if (transaction.docChanged) {
    transaction.changes.iterChanges((_fromA, _toA, fromB, _toB, inserted) => {
      for (const { index } of inserted.toString().matchAll(HALF)) {
        changes.push({ from: fromB + index, to: fromB + index + 1, insert: "\ufffd" });
      }
    });
  }
  return changes.length > 0 ? [transaction, { changes, sequential: true }] : transaction;
}

/** @param {readonly import("@codemirror/state").Transaction[]} transactions @returns {Info["kind"]} */
function kindOf(transactions) {
  const is = (event) => transactions.some((transaction) => transaction.isUserEvent(event));
  if (is("input.type.compose")) return "compose";
  if (is("input.paste") || is("input.drop")) return "paste";
  if (is("delete")) return "delete";
  if (is("input")) return "type";
  return "other";
}

function messageOf(message, hint) {
  const element = document.createElement("span");
  element.textContent = message;
  if (hint) {
    const advice = document.createElement("div");
    advice.className = "cm-diagnostic-hint-text";
    advice.textContent = hint;
    element.append(advice);
  }
  return element;
}

/** @type {typeof import("./more.js") | null} */
let more = null;
/** @type {typeof import("./help.js") | null} */
let aid = null;

/** A file whose address stands in the page, as its name has the hash of its content. */
function file(name) {
  return import(document.querySelector(`meta[name="statelab-editor-${name}"]`).content);
}

async function loadMore() {
  const [rest, help] = await Promise.all([more ?? file("more"), aid ?? file("help")]);
  more = rest;
  aid = help;
}

globalThis.statelabEditor = Object.freeze({
  /** What the second file takes from this one. */
  shared: { state, view },

  /**
   * @param {HTMLElement} parent
   * @param {Options} [options]
   * @returns {Editor}
   */
  create: (parent, options = {}) => new Editor(parent, options),
});
