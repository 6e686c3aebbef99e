/**
 * What the editor can do without for a moment: colours, problems, folding, search. It comes
 * as a file of its own when the first editor takes input already.
 */
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  HighlightStyle,
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, linter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const syntax = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  {
    tag: [tags.punctuation, tags.separator, tags.bracket, tags.squareBracket, tags.brace],
    color: "var(--code-punct)",
  },
]);

// Before special characters, so that the underline goes around their pictures.
export const problems = [linter(null), lintGutter()];

export const folding = foldGutter();

export const rest = [
  indentUnit.of("  "),
  json(),
  bracketMatching(),
  indentOnInput(),
  highlightSelectionMatches(),
  search({ top: true }),
  syntaxHighlighting(syntax),
  keymap.of([...searchKeymap, ...foldKeymap, ...lintKeymap, ...defaultKeymap, indentWithTab]),
];

export { openSearchPanel, setDiagnostics };
