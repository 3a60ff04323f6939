import type { ProviderId } from '../../contract/ids.ts';
import type { OAuthClientView, ProviderView } from '../../contract/provider.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { BUNDLED_DEFINITIONS } from '../../main/providers/bundled.ts';
import { createProviderRegistry } from '../../main/providers/registry.ts';

/** A provider that is included, as the window gets it: with all of its permissions. */
export function bundledView(id: string, clients: readonly OAuthClientView[] = []): ProviderView {
  const registry = createProviderRegistry({
    folder: '/nonexistent',
    bundled: BUNDLED_DEFINITIONS.filter((definition) => definition.id === (id as ProviderId)),
    clients: () => [...clients],
    logger: silentLogger,
  });
  const [view] = registry.list();
  if (view === undefined) throw new Error(`no provider ${id} is included`);
  return view;
}
