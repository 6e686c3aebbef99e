// Sets the chosen theme before the first paint. Without a choice, or without storage,
// the page follows the system.
(() => {
  try {
    const theme = localStorage.getItem("statelab.theme");
    if (["light", "dark", "contrast"].includes(theme)) {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage is switched off: nothing was chosen.
  }
})();
