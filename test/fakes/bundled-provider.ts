import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProviderView } from '../../contract/provider.ts';
import { createProviderRegistry } from '../../main/providers/registry.ts';

const registry = createProviderRegistry({
  folder: path.join(tmpdir(), 'no-such-folder-of-providers'),
  clients: () => [],
  logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
});

/** A provider that Tokentray includes, as the window gets it. */
export function bundledProvider(id: string, change: Partial<ProviderView> = {}): ProviderView {
  const provider = registry.list().find((item) => item.id === id);
  if (provider === undefined) throw new Error(`${id} is not bundled`);
  return { ...provider, ...change };
}
