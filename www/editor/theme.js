/** How the editor looks. Every colour and size is a custom property of `style/tokens.css`. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const chrome = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--text)",
    backgroundColor: "var(--surface-panel)",
    fontSize: "var(--text-sm)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    lineHeight: "var(--leading-code)",
    overflow: "auto",
  },
  ".cm-content": { caretColor: "var(--text)", padding: "var(--space-2) 0" },
  ".cm-line": { padding: "0 var(--space-2) 0 var(--space-1)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--surface-selected)",
  },
  ".cm-gutters": {
    color: "var(--text-3)",
    backgroundColor: "var(--surface-panel)",
    borderRight: "var(--stroke-hairline) solid var(--border-subtle)",
  },
  ".cm-activeLine": {
    backgroundColor: "color-mix(in srgb, var(--surface-hover) 45%, transparent)",
  },
  ".cm-activeLineGutter": { color: "var(--text)", backgroundColor: "var(--surface-hover)" },
  ".cm-state-selected": {
    backgroundColor: "color-mix(in srgb, var(--surface-selected) 55%, transparent)",
    boxShadow: "inset 2px 0 var(--accent)",
  },
  ".cm-foldPlaceholder": {
    color: "var(--text-2)",
    backgroundColor: "var(--surface-sunken)",
    border: "var(--stroke-hairline) solid var(--border)",
    borderRadius: "var(--radius-1)",
    margin: "0 var(--space-1)",
    padding: "0 var(--space-1)",
  },
  ".cm-foldGutter span": { color: "var(--text-3)" },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": {
    backgroundColor: "var(--accent-tint)",
    outline: "1px solid var(--accent)",
  },
  "&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket": {
    backgroundColor: "var(--failed-tint)",
  },
  ".cm-searchMatch": { backgroundColor: "var(--retried-tint)", outline: "1px solid var(--retried)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--accent-tint)", outline: "1px solid var(--accent)" },
  ".cm-selectionMatch": { backgroundColor: "var(--surface-hover)" },
  ".cm-specialChar": { color: "var(--failed-text)" },

  ".cm-panels": {
    color: "var(--text)",
    backgroundColor: "var(--surface-raised)",
    fontFamily: "var(--font-ui)",
    fontSize: "var(--text-sm)",
  },
  ".cm-panels.cm-panels-bottom": { borderTop: "var(--stroke-hairline) solid var(--border)" },
  ".cm-panels.cm-panels-top": { borderBottom: "var(--stroke-hairline) solid var(--border)" },
  ".cm-panel.cm-search": { padding: "var(--space-2)" },
  ".cm-panel.cm-search [name=close]": { color: "var(--text-2)", right: "var(--space-2)", top: "var(--space-2)" },
  ".cm-textfield": {
    color: "var(--text)",
    backgroundColor: "var(--surface-panel)",
    border: "var(--stroke-hairline) solid var(--border-control)",
    borderRadius: "var(--radius-2)",
    padding: "2px var(--space-2)",
  },
  ".cm-button": {
    color: "var(--text)",
    backgroundColor: "var(--surface-panel)",
    backgroundImage: "none",
    border: "var(--stroke-hairline) solid var(--border-control)",
    borderRadius: "var(--radius-2)",
    padding: "2px var(--space-2)",
  },
  ".cm-button:hover": { backgroundColor: "var(--surface-hover)" },

  ".cm-tooltip": {
    color: "var(--text)",
    backgroundColor: "var(--surface-raised)",
    border: "var(--stroke-hairline) solid var(--border)",
    borderRadius: "var(--radius-2)",
    boxShadow: "var(--shadow-2)",
    fontFamily: "var(--font-ui)",
    fontSize: "var(--text-sm)",
    lineHeight: "var(--leading-sm)",
    maxWidth: "420px",
  },
  ".cm-diagnostic": { padding: "var(--space-2) var(--space-3)", marginLeft: "0", borderLeft: "none" },
  ".cm-diagnostic + .cm-diagnostic": { borderTop: "var(--stroke-hairline) solid var(--border-subtle)" },
  ".cm-diagnostic-error": { boxShadow: "inset 2px 0 var(--failed)" },
  ".cm-diagnostic-warning": { boxShadow: "inset 2px 0 var(--caught)" },
  ".cm-diagnostic-info, .cm-diagnostic-hint": { boxShadow: "inset 2px 0 var(--running)" },
  ".cm-diagnostic-hint-text": { color: "var(--text-2)" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--failed) 1px", textUnderlineOffset: "3px" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--caught) 1px", textUnderlineOffset: "3px" },
  ".cm-lintRange-info, .cm-lintRange-hint": {
    textDecoration: "underline dotted var(--running) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-active": { backgroundColor: "var(--retried-tint)" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--failed)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "var(--caught)" },
  ".cm-lintPoint-info:after, .cm-lintPoint-hint:after": { borderBottomColor: "var(--running)" },
  ".cm-gutter-lint": { width: "16px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "5px 4px" },
  // A shape as well as a colour: octagon, triangle, disc.
  ".cm-lint-marker": { width: "8px", height: "8px", content: "normal" },
  ".cm-lint-marker-error": {
    content: "normal",
    backgroundColor: "var(--failed)",
    clipPath: "polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)",
  },
  ".cm-lint-marker-warning": {
    content: "normal",
    backgroundColor: "var(--caught)",
    clipPath: "polygon(50% 0, 100% 100%, 0 100%)",
  },
  ".cm-lint-marker-info, .cm-lint-marker-hint": {
    content: "normal",
    backgroundColor: "var(--running)",
    borderRadius: "50%",
  },
});

const syntax = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  {
    tag: [tags.punctuation, tags.separator, tags.bracket, tags.squareBracket, tags.brace],
    color: "var(--code-punct)",
  },
]);

export const theme = [chrome, syntaxHighlighting(syntax)];
