import type { CallOutput } from '../../contract/calls.ts';
import type { ProviderFileView } from '../../contract/provider.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';

const ENTERED: Readonly<Record<string, string>> = {
  '{instance}': 'the address that you enter',
  '{site}': 'your site',
};

/** What somebody should see before a provider file is taken. */
export function showProviderFile({ log, err }: Runtime, provider: ProviderFileView): void {
  const { id, name, methods, talksTo, client, changes, replaces } = provider;
  const line = (label: string, text: string): void => {
    log(`  ${err.dim(label.padEnd(10))} ${text}`);
  };
  log(err.bold(plain(name)));
  line('id', `${plain(id)}${changes ? ' (changes the provider that Tokentray includes)' : ''}`);
  line('methods', methods.join(', '));
  line('talks to', talksTo.map((origin) => ENTERED[origin] ?? plain(origin)).join(', ') || '–');
  line(
    'client',
    client === null
      ? 'none'
      : `comes with “${plain(client.name)}”, ${client.hasSecret ? 'with a secret' : 'without a secret'}`,
  );
  if (replaces !== null) line('replaces', plain(replaces));
}

export function showFileProblems(
  { log, err }: Runtime,
  problems: CallOutput<'providers.check'>['problems'],
): void {
  for (const { field, message, hint } of problems) {
    log(`${err.bad('▲')} ${field === null ? '' : `${plain(field)}: `}${plain(message)}`);
    if (hint !== '') log(`    ${plain(hint)}`);
  }
}
