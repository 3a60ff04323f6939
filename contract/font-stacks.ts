/**
 * The fonts of every page: the window's `base.css` repeats them (a test compares), pages for the browser use them. Each
 * system's own, best first; Windows' newer one before `system-ui`, which is the older one there.
 */
export const UI_FONTS =
  "'Segoe UI Variable Text', system-ui, -apple-system, 'Segoe UI', Roboto, Cantarell, Ubuntu, 'Noto Sans', sans-serif";
export const MONO_FONTS =
  "ui-monospace, 'SF Mono', Menlo, 'Cascadia Mono', 'Cascadia Code', Consolas, 'Ubuntu Mono', 'DejaVu Sans Mono', 'Noto Sans Mono', monospace";
