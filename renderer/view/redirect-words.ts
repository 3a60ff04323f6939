import type { CallOutput } from '../../contract/calls.ts';
import type { Shape } from '../../contract/remedy.ts';
import { faultText } from './field-fault.ts';

export interface RedirectWords {
  shape: Shape;
  tone: 'good' | 'warning' | 'fault';
  words: string;
}

/** What a check of a redirect URI found, in words. Pure. */
export function redirectWords({
  fault,
  port,
  state,
  holder,
  anyPort,
}: CallOutput<'clients.check-redirect'>): RedirectWords {
  if (fault !== null) return { shape: '▲', tone: 'fault', words: faultText(fault) };
  const named = `Port ${port ?? ''}`;
  switch (state) {
    case 'free':
    case null:
      return { shape: '●', tone: 'good', words: `${named} is free` };
    case 'waiting':
      return { shape: '●', tone: 'good', words: `${named} is Tokentray’s own: it waits for a sign-in there` };
    case 'taken': {
      const by = holder === null ? 'another program' : `${holder.name} (process ${holder.pid})`;
      return anyPort
        ? {
            shape: '●',
            tone: 'good',
            words: `${named} is used by ${by} now; a sign-in takes another one by itself`,
          }
        : {
            shape: '▲',
            tone: 'warning',
            words: `${named} is used by ${by}. End it, or register another port.`,
          };
    }
    case 'refused':
      return {
        shape: '▲',
        tone: 'warning',
        words: `This machine lets Tokentray not listen on port ${port ?? ''}. Register another one.`,
      };
  }
}
