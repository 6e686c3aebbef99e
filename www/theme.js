// Sets the chosen theme and the kept sizes of the panes before the first paint. Without a
// choice, or without storage, the page follows the system and the style sheet.
(() => {
  const { dataset, style } = document.documentElement;
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage is switched off: nothing was chosen.
      return null;
    }
  };

  const theme = kept("statelab.theme");
  if (["light", "dark", "contrast"].includes(theme)) dataset.theme = theme;

  try {
    const layout = JSON.parse(kept("statelab.layout") ?? "{}");
    const size = (name, pixels) => pixels > 0 && style.setProperty(`--kept-${name}`, `${pixels}px`);
    const folded = (name, rail) => layout[`${name}Open`] === false && style.setProperty(`--kept-${name}`, rail);
    for (const name of ["left", "dock", "inspector"]) size(name, layout[name]);
    if (layout.leftOpen) size("wide-left", layout.left);
    folded("left", "var(--rail)");
    folded("inspector", "var(--rail)");
    folded("dock", "var(--space-8)");
    const split = { canvas: 100, code: 0 }[layout.centre] ?? layout.split;
    if (split >= 0 && split <= 100) {
      style.setProperty("--kept-split", `${split}fr`);
      style.setProperty("--kept-rest", `${100 - split}fr`);
    }
  } catch {
    // What was kept cannot be read; the application will say what it does about it.
  }
})();
