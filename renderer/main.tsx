import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { pickClient } from './api/pick-client.ts';
import { App } from './app.tsx';
import { pagePorts } from './page-ports.ts';
import { createAppStore } from './store/app-store.ts';
import { followAddress, pageHistory } from './store/follow-address.ts';
import { followShell } from './store/follow-shell.ts';
import { AppStoreContext } from './store/use-app.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

const store = createAppStore({ ...pagePorts, api: pickClient() });
followAddress(store, pageHistory(), () => Date.now());
store.getState().start();
const shell = window.tokentray;
if (shell) followShell(store, shell.onShow);

createRoot(root).render(
  <StrictMode>
    <AppStoreContext value={store}>
      <App />
    </AppStoreContext>
  </StrictMode>,
);
