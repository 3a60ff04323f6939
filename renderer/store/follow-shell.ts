import type { ShowTarget } from '../../contract/show.ts';
import type { AppStore } from './app-store.ts';
import type { AppState } from './state.ts';

function show(state: AppState, target: ShowTarget): void {
  switch (target.view) {
    case 'connect':
      state.show('connections');
      if (target.reconnect === null) state.openConnect();
      else void state.reconnect(target.reconnect);
      return;
    case 'connection':
      state.closeDialog();
      state.show('connections');
      state.openDetail(target.connection);
      return;
    case 'consent':
      state.closeDialog();
      state.show('gateway');
      state.openDialog({ kind: 'consent', consent: target.consent });
      return;
    case 'keys':
      // An open dialog has the person's attention, and perhaps what they typed.
      if (state.dialog === null) state.openDialog({ kind: 'keys' });
      return;
    case 'connections':
    case 'exports':
    case 'gateway':
    case 'providers':
    case 'activity':
    case 'settings':
      state.closeDialog();
      state.show(target.view);
  }
}

/** Shows what the tray or a notification asks for: only the latest request, once the window has loaded. */
export function followShell(
  store: AppStore,
  onShow: (listener: (target: ShowTarget) => void) => () => void,
): () => void {
  let waiting: ShowTarget | null = null;
  const showWaiting = (state: AppState): void => {
    if (!state.loaded || waiting === null) return;
    const target = waiting;
    waiting = null;
    show(state, target);
  };
  const ignore = store.subscribe(showWaiting);
  const stop = onShow((target) => {
    waiting = target;
    showWaiting(store.getState());
  });
  return () => {
    stop();
    ignore();
  };
}
