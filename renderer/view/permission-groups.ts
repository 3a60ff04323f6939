import type { ScopeTruth } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { ProviderView } from '../../contract/provider.ts';
import type { Shape } from '../../contract/remedy.ts';
import { apiOfScope } from '../../contract/scope-api.ts';
import { scopeList, type ScopeLine } from './scope-list.ts';

export interface PermissionLine {
  scope: string;
  description: string | null;
  shape: Shape;
  word: string;
  tone: 'good' | 'bad' | 'unknown';
}

export interface PermissionGroup {
  name: string;
  lines: PermissionLine[];
}

type Standing = Pick<PermissionLine, 'shape' | 'word' | 'tone'>;

const BEFORE_TEST: Readonly<Record<ScopeLine['standing'], Standing>> = {
  granted: { shape: '●', word: 'Granted', tone: 'good' },
  extra: { shape: '●', word: 'Granted without being requested', tone: 'good' },
  missing: { shape: '▲', word: 'Not granted', tone: 'bad' },
  silent: { shape: '○', word: 'Requested', tone: 'unknown' },
};

function standingOf({ has, how }: ScopeTruth): Standing {
  if (has === null) return { shape: '○', word: 'Unknown', tone: 'unknown' };
  if (how === 'tried')
    return has ? { shape: '●', word: 'Works', tone: 'good' } : { shape: '▲', word: 'Missing', tone: 'bad' };
  return has ? BEFORE_TEST.granted : BEFORE_TEST.missing;
}

/** The permissions of a connection by API, missing ones first: as its last test found them, else as they were granted. */
export function permissionGroups(
  connection: ConnectionView,
  provider: Pick<ProviderView, 'apis' | 'scopes'> | undefined,
  tested: readonly ScopeTruth[] | undefined,
): PermissionGroup[] {
  const apis = provider?.apis ?? [];
  const described = new Map(provider?.scopes.map(({ scope, description }) => [scope, description]));
  const found = tested
    ? tested.map((truth) => ({ scope: truth.scope, api: truth.api, ...standingOf(truth) }))
    : scopeList(connection).map(({ scope, standing }) => ({
        scope,
        api: apiOfScope(scope, apis),
        ...BEFORE_TEST[standing],
      }));
  const groups = new Map<string, PermissionLine[]>();
  for (const { scope, api, ...standing } of found) {
    const name = apis.find(({ id }) => id === api)?.name ?? 'General';
    const lines = groups.get(name) ?? [];
    lines.push({ scope, description: described.get(scope) ?? null, ...standing });
    groups.set(name, lines);
  }
  return [...groups].map(([name, lines]) => ({
    name,
    lines: [...lines.filter(({ tone }) => tone === 'bad'), ...lines.filter(({ tone }) => tone !== 'bad')],
  }));
}
