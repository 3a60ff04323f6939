import type { CallOutput } from '../../contract/calls.ts';
import type { ProviderFileView } from '../../contract/provider.ts';
import { clientWords, fileNetworkWords, hostWords } from '../../contract/provider-file-words.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';

/** What somebody should see before a provider file is taken. */
export function showProviderFile({ log, err }: Runtime, provider: ProviderFileView): void {
  const { id, name, methods, changes, replaces } = provider;
  const line = (label: string, text: string): void => {
    log(`  ${err.dim(label.padEnd(10))} ${text}`);
  };
  log(err.bold(plain(name)));
  line('id', `${plain(id)}${changes ? ' (changes the provider that Tokentray includes)' : ''}`);
  line('methods', methods.join(', '));
  line('talks to', hostWords(provider).map(plain).join(', ') || '–');
  line('client', plain(clientWords(provider)));
  for (const words of fileNetworkWords(provider)) line('network', err.bad(`▲ ${plain(words)}`));
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
