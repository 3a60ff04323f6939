import type { PresetView } from '../../contract/preset.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';

const WRITES: Readonly<Record<PresetView['kind'], string>> = {
  variables: 'variables',
  template: 'a whole file',
  advice: 'nothing',
};

/** Presets as a table; for a connection, those that serve it first, and why the others do not. */
export function showPresets(
  { context, out, err, print, log }: Runtime,
  presets: readonly PresetView[],
): void {
  const asked = presets.some(({ serves }) => serves !== null);
  const rows = [...presets]
    .sort((one, other) => Number(other.serves?.works ?? false) - Number(one.serves?.works ?? false))
    .map(({ name, description, kind, origin, gateway, proxy, serves }) => [
      plain(name),
      WRITES[kind],
      gateway.works ? '--gateway' : proxy.works ? '--proxy' : '–',
      ...(asked ? [serves?.works === true ? 'yes' : 'no'] : []),
      `${plain(description)}${origin === 'own' ? ' (yours)' : ''}`,
    ]);
  const headings = ['PRESET', 'WRITES', 'RUN WITH', ...(asked ? ['SERVES IT'] : []), 'FOR'].map((text) =>
    out.dim(text),
  );
  printTable({ context, print }, headings, rows);
  for (const { serves } of presets) {
    if (serves === null || serves.works || serves.reason === null) continue;
    log(`${err.dim('–')} ${plain(serves.reason)}`);
    if (serves.hint !== null) log(`    ${plain(serves.hint)}`);
  }
}

/** What somebody should see before a preset is taken. */
export function showPreset({ log, err }: Runtime, preset: PresetView, replaces: string | null): void {
  const line = (label: string, text: string): void => {
    log(`  ${err.dim(label.padEnd(10))} ${text}`);
  };
  log(err.bold(plain(preset.name)));
  line('for', plain(preset.description));
  line('needs', preset.needs.map(plain).join('; or '));
  line('writes', preset.kind === 'template' ? WRITES.template : preset.variables.map(plain).join(', '));
  if (replaces !== null) line('replaces', plain(replaces));
}
