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

/** @param {{from: number, to: number} | null} range positions in the editor */
export function select(range) {
  return { effects: setSelected.of(range) };
}
