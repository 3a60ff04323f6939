import { RedirectUri } from '../../providers/address.ts';
import type { AppRegistration } from '../app-registration.ts';
import { rejectForeignForm } from '../authorize.ts';
import { notFound, seeOther, type Reply, type SandboxRequest } from '../exchange.ts';
import { errorPage } from '../page.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { appPage, type AppTab } from './app-page.ts';
import { appsPage } from './apps-page.ts';
import { CONSOLE_SERVICE } from './service-name.ts';

/** Where the stand-in for the developer console is. */
export const CONSOLE_PREFIX = '/console';

const MOST_NAME = 100;
const MOST_APPS = 50;

/** A stand-in for Atlassian’s developer console: apps with permissions for each API, one callback URL, and a secret. */
export function answerConsole(state: SandboxState, request: SandboxRequest): Reply {
  const { method, path } = request;
  if (method !== 'GET' && method !== 'POST') return notFound();
  const apps = state.registered.at(CONSOLE_SERVICE);
  const [, , clientId, tab] = path.split('/');
  const form = new URLSearchParams(request.body);
  if (method === 'POST') {
    const foreign = rejectForeignForm(state, request);
    if (foreign) return foreign;
  }
  if (clientId === undefined || clientId === '') {
    if (method === 'GET') return appsPage(apps, null);
    return create(state, apps, form);
  }
  const app = apps.find((known) => known.clientId === clientId);
  if (app === undefined) return errorPage(404, 'No such app', 'It is not in this console.');
  if (method === 'GET')
    return appPage(state, app, {
      tab: isTab(tab) ? tab : 'permissions',
      saved: request.query.has('saved'),
      problem: null,
    });
  return isTab(tab) ? change(state, app, tab, form) : notFound();
}

const TABS: readonly AppTab[] = ['permissions', 'authorization', 'settings'];
const isTab = (text: string | undefined): text is AppTab => TABS.some((tab) => tab === text);

function create(state: SandboxState, apps: readonly AppRegistration[], form: URLSearchParams): Reply {
  const name = form.get('name')?.trim() ?? '';
  if (name === '' || name.length > MOST_NAME) return appsPage(apps, 'Give the app a name.');
  if (apps.length >= MOST_APPS) return appsPage(apps, 'There are enough apps here.');
  const app: AppRegistration = {
    name,
    // Letters and digits alone, as Atlassian’s are.
    clientId: lettersAndDigits(state, 32),
    clientSecret: `ATOA${lettersAndDigits(state, 60)}`,
    redirectUris: [],
    scopes: [],
  };
  state.registered.add(CONSOLE_SERVICE, app);
  return seeOther(`${CONSOLE_PREFIX}/${app.clientId}/permissions`);
}

function change(state: SandboxState, app: AppRegistration, tab: AppTab, form: URLSearchParams): Reply {
  const save = (changed: AppRegistration): Reply => {
    state.registered.replace(CONSOLE_SERVICE, changed);
    return seeOther(`${CONSOLE_PREFIX}/${app.clientId}/${tab}?saved`);
  };
  switch (tab) {
    case 'permissions':
      return save({ ...app, scopes: scopesIn(state, form) });
    case 'authorization': {
      const address = form.get('callback')?.trim() ?? '';
      // Anything else would be accepted at Atlassian, but nothing here could be called back there.
      if (!RedirectUri.safeParse(address).success)
        return appPage(state, app, {
          tab,
          saved: false,
          problem: 'In the sandbox, a callback URL is an http: address on this machine.',
        });
      return save({ ...app, redirectUris: [address] });
    }
    case 'settings':
      return save({ ...app, clientSecret: `ATOA${lettersAndDigits(state, 60)}` });
  }
}

/** Those that are ticked, and those in the field beside, as far as there are such scopes. */
function scopesIn(state: SandboxState, form: URLSearchParams): string[] {
  const known = new Set(state.consoleScopes.flatMap(({ scopes }) => scopes.map(({ scope }) => scope)));
  const pasted = form.getAll('pasted').flatMap((text) => text.split(/[\s,]+/));
  return [...new Set([...form.getAll('scope'), ...pasted])].filter((scope) => known.has(scope));
}

function lettersAndDigits(state: SandboxState, length: number): string {
  let text = '';
  while (text.length < length) text += state.mint.random(48).replace(/[^A-Za-z0-9]/g, '');
  return text.slice(0, length);
}
