import type { CredentialLists } from './credential-lists.ts';
import { answerConsole, CONSOLE_PREFIX } from './console/console.ts';
import { notFound, type Reply, type SandboxRequest } from './exchange.ts';
import { homePage } from './home-page.ts';
import { errorPage } from './page.ts';
import type { SandboxState } from './sandbox-state.ts';
import { below } from './service.ts';
import { avatar, avatarPath } from './sign-in-page.ts';

/** The sandbox itself: its start page, pictures, and everything that is no service's. */
export function answerHome(
  state: SandboxState,
  request: SandboxRequest,
  credentials: () => CredentialLists,
): Reply {
  const { method, path } = request;
  if (below(CONSOLE_PREFIX, path) !== null) return answerConsole(state, request);
  if (method !== 'GET' || path.startsWith('/.well-known/')) return notFound();
  if (path === '/') return homePage(state, credentials());
  if (path === '/favicon.ico') return { status: 204, headers: {}, body: '' };
  const pictured = state.people
    .flatMap((person) => [person, ...person.sites])
    .find(({ key }) => path === avatarPath(key));
  if (pictured) return avatar(pictured.name);
  return errorPage(404, 'Nothing here', 'The sandbox has no such page.');
}
