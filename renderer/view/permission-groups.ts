import type { ScopeTruth } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { ProviderView } from '../../contract/provider.ts';
import type { Shape } from '../../contract/remedy.ts';
import { headingOf } from './permission-choice.ts';
import { permissions } from './permission-count.ts';
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
  extra: { shape: '●', word: 'Granted without being asked for', tone: 'good' },
  missing: { shape: '▲', word: 'Not granted', tone: 'bad' },
  silent: { shape: '○', word: 'Asked for', tone: 'unknown' },
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
  const described = new Map(
    provider?.scopes.map(({ scope, description }) => [scope, description === '' ? null : description]),
  );
  const found = tested
    ? tested.map((truth) => ({ scope: truth.scope, ...standingOf(truth) }))
    : scopeList(connection).map(({ scope, standing }) => ({ scope, ...BEFORE_TEST[standing] }));
  const groups = new Map<string, PermissionLine[]>();
  for (const { scope, ...standing } of found) {
    const name = headingOf(scope, provider ?? { scopes: [], apis: [] });
    const lines = groups.get(name) ?? [];
    lines.push({ scope, description: described.get(scope) ?? null, ...standing });
    groups.set(name, lines);
  }
  return [...groups].map(([name, lines]) => ({
    name,
    lines: [...lines.filter(({ tone }) => tone === 'bad'), ...lines.filter(({ tone }) => tone !== 'bad')],
  }));
}

/** `5 permissions · 4 granted, 1 missing`, with what is not known in between. */
export function grantCount(lines: readonly PermissionLine[]): string {
  const of = (tone: PermissionLine['tone']): number => lines.filter((line) => line.tone === tone).length;
  const parts = [
    [of('good'), 'granted'],
    [of('unknown'), 'not known'],
    [of('bad'), 'missing'],
  ] as const;
  return `${permissions(lines.length)} · ${parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')}`;
}
