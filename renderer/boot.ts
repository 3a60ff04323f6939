/** A page that is not seen gets no frame; it goes on after this. */
const WITHOUT_FRAME_MS = 100;

/** The page's frame is painted first: running all of the app would hold that up. */
let started = false;
function start(): void {
  if (started) return;
  started = true;
  void import('./main.tsx');
}

requestAnimationFrame(() => setTimeout(start));
setTimeout(start, WITHOUT_FRAME_MS);
