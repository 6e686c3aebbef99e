/** Marks the lines of the selected state with the class `cm-state-selected`. */
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const line = Decoration.line({ class: "cm-state-selected" });

/** @type {import("@codemirror/state").StateEffectType<{from: number, to: number} | null>} */
const setSelected = StateEffect.define();

function linesOf(doc, { from, to }) {
  const builder = new RangeSetBuilder();
  const last = doc.lineAt(to).number;
  for (let number = doc.lineAt(from).number; number <= last; number += 1) {
    const at = doc.line(number).from;
    builder.add(at, at, line);
  }
  return builder.finish();
}

export const selectedLines = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setSelected)) {
        return effect.value ? linesOf(transaction.state.doc, effect.value) : Decoration.none;
      }
    }
    return lines.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * What marks the lines of a range; nothing if they are marked already, as after a key inside
 * the range, where the marks have moved along.
 * @param {import("@codemirror/state").EditorState} state
 * @param {{from: number, to: number} | null} range positions in the editor
 */
export function select(state, range) {
  const marked = state.field(selectedLines);
  if (!range) return marked.size === 0 ? null : { effects: setSelected.of(null) };
  const { doc } = state;
  const first = doc.lineAt(range.from);
  const size = doc.lineAt(range.to).number - first.number + 1;
  if (marked.size === size && marked.iter().from === first.from) return null;
  return { effects: setSelected.of(range) };
}
