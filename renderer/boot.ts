/** A page that is not visible gets no animation frame; it starts after this time. */
const WITHOUT_FRAME_MS = 100;

/** The static frame is painted first: running the whole app would delay it. */
let started = false;
function start(): void {
  if (started) return;
  started = true;
  void import('./main.tsx');
}

requestAnimationFrame(() => setTimeout(start));
setTimeout(start, WITHOUT_FRAME_MS);
