/**
 * Help while typing: closing brackets, completion, hover, names, layout; a file of its own beside `more.js`. The
 * editor asks, the application answers; what stands in questions and answers is described in `src/web/assist.rs`.
 *
 * @typedef {object} Host
 * @property {(question: object) => Promise<any>} ask with the text put in; `null` for no answer
 * @property {(position: number) => number} toText
 * @property {(offset: number, doc?: Text) => number} fromText
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, pickedCompletion, startCompletion } from "@codemirror/autocomplete";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showDialog, showTooltip } from "@codemirror/view";

/** What is typed before completion opens by itself. */
const OPENS = /[\w"'$.:-]$/;

/** What is typed of a word without another answer. */
const WORD = /^\w*$/;

function paragraph(className, text) {
  return Object.assign(document.createElement("div"), { className, textContent: text });
}

/** Changes of a text as the editor counts, which is the one in it if none is named. */
function changesOf(host, changes, doc) {
  return changes.map(({ from, to, insert }) => ({ from: host.fromText(from, doc), to: host.fromText(to, doc), insert }));
}

/**
 * What choosing an item does. The answer is about the word as it stood when it was asked for; what has been typed of
 * the word since stands before the cursor, and is replaced with the rest of it.
 */
function choose(item, asked) {
  return (view, completion, from, to) => {
    let changes = [{ from, to, insert: item.label }];
    let caret = item.label.length;
    // Where anything before the word has changed, only the word is replaced.
    if (from === asked.from) {
      changes = item.changes.with(-1, { ...item.changes.at(-1), to: item.changes.at(-1).to + to - asked.to });
      caret = item.caret;
    }
    const last = changes.at(-1);
    const before = changes.slice(0, -1).reduce((sum, change) => sum + change.insert.length - (change.to - change.from), 0);
    view.dispatch({
      changes,
      selection: { anchor: last.from + before + caret },
      scrollIntoView: true,
      userEvent: "complete",
      annotations: pickedCompletion.of(completion),
    });
    if (item.kind === "field") startCompletion(view);
  };
}

/** @param {Host} host */
function source(host) {
  /** What stood before a text in which nothing was to be offered: nor will there be as it grows. */
  let silent = null;
  return async (context) => {
    const { state, pos } = context;
    const line = state.doc.lineAt(pos);
    const before = state.sliceDoc(line.from, pos);
    const quote = before.lastIndexOf('"') + 1;
    const start = quote > 0 && `${line.number} ${before.slice(0, quote)}`;
    if (!context.explicit && (!OPENS.test(before) || silent === start)) return null;
    const answer = await host.ask({ kind: "complete", at: host.toText(pos) });
    if (context.aborted) return null;
    silent = answer ? null : start || null;
    if (!answer) return null;
    const asked = { from: host.fromText(answer.from, state.doc), to: pos };
    const options = answer.items.map((item, index) => ({
      label: item.label,
      type: item.kind,
      detail: item.detail,
      info: item.doc ? () => paragraph("cm-help-text", item.doc) : undefined,
      apply: choose({ ...item, changes: changesOf(host, item.changes, state.doc) }, asked),
      index,
    }));
    const word = pos - asked.from;
    // What is offered for a word is offered while it grows: it can be chosen at once, however fast it is typed.
    return { from: asked.from, options, validFor: (text) => text.length >= word && WORD.test(text.slice(word)) };
  };
}

/** What the word at a place means, as a tooltip. */
async function meaning(host, pos) {
  const answer = await host.ask({ kind: "hover", at: host.toText(pos) });
  if (!answer) return null;
  return {
    pos: host.fromText(answer.from),
    end: host.fromText(answer.to),
    create: () => {
      const dom = paragraph("cm-help", "");
      dom.role = "status";
      dom.append(paragraph("cm-help-title", answer.title));
      if (answer.body) dom.append(paragraph("cm-help-text", answer.body));
      return { dom };
    },
  };
}

/** The meaning that was asked for by a key; the next step of the cursor puts it away. */
const explained = StateEffect.define();
const explanation = StateField.define({
  create: () => null,
  update(shown, transaction) {
    const effect = transaction.effects.find((effect) => effect.is(explained));
    if (effect) return effect.value;
    return transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

async function explain(host, view) {
  const { doc, selection } = view.state;
  const tooltip = await meaning(host, selection.main.head);
  if (view.state.doc === doc) view.dispatch({ effects: explained.of(tooltip) });
}

function putAway(view) {
  if (!view.state.field(explanation)) return false;
  view.dispatch({ effects: explained.of(null) });
  return true;
}

async function goTo(host, view, pos) {
  const answer = await host.ask({ kind: "target", at: host.toText(pos) });
  if (!answer) return;
  view.dispatch({
    selection: { anchor: host.fromText(answer.from), head: host.fromText(answer.to) },
    effects: EditorView.scrollIntoView(host.fromText(answer.from), { y: "center" }),
    userEvent: "select",
  });
  view.focus();
}

/** Asks for a name until it is taken or given up. */
async function rename(host, view) {
  if (view.state.readOnly) return;
  const { doc, selection } = view.state;
  const at = host.toText(selection.main.head);
  const found = await host.ask({ kind: "name", at });
  let label = found ? `New name of ${found.name}` : "";
  let value = found?.name;
  while (label) {
    const { result } = showDialog(view, {
      label,
      input: { type: "text", name: "name", value, "aria-label": label, class: "cm-textfield" },
      submitLabel: "Rename",
      class: "cm-rename",
      focus: "input",
      top: true,
    });
    const form = await result;
    view.focus();
    // Of another text the answer would rename something else.
    if (!form || view.state.doc !== doc) return;
    value = form.elements.namedItem("name").value;
    const answer = await host.ask({ kind: "rename", at, name: value });
    if (view.state.doc !== doc) return;
    if (answer?.changes) view.dispatch({ changes: changesOf(host, answer.changes), userEvent: "rename" });
    label = answer?.refusal ?? "";
  }
}

/** Lays the text out anew; says why not, where it does not. */
async function format(host, view) {
  if (view.state.readOnly) return;
  const { doc } = view.state;
  const answer = await host.ask({ kind: "format", at: 0 });
  if (view.state.doc !== doc) return;
  if (answer?.changes?.length) view.dispatch({ changes: changesOf(host, answer.changes), userEvent: "format" });
  if (answer?.refusal) showDialog(view, { label: answer.refusal, submitLabel: "OK", class: "cm-refusal", focus: "button", top: true });
}

function done(action) {
  return (view) => {
    action(view).catch(() => {});
    return true;
  };
}

/** @param {Host} host */
export function help(host) {
  return [
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
    autocompletion({
      override: [source(host)],
      compareCompletions: (a, b) => a.index - b.index,
      maxRenderedOptions: 60,
      icons: false,
      // What is chosen quickly is meant.
      interactionDelay: 0,
    }),
    hoverTooltip((_view, pos) => meaning(host, pos)),
    explanation,
    keymap.of([
      { key: "Shift-F1", run: done((view) => explain(host, view)) },
      { key: "Escape", run: putAway },
      { key: "F2", run: done((view) => rename(host, view)) },
      { key: "F12", run: done((view) => goTo(host, view, view.state.selection.main.head)) },
      { key: "Shift-Alt-f", run: done((view) => format(host, view)) },
    ]),
    EditorView.clickAddsSelectionRange.of(() => false),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
        const pos = view.posAtCoords(event);
        if (pos === null) return false;
        event.preventDefault();
        done(() => goTo(host, view, pos))(view);
        return true;
      },
    }),
  ];
}

/** What the application asks for by name. */
export const commands = { format, rename, complete: async (_host, view) => startCompletion(view) };
