import type { Exchanged } from './exchange.ts';

/** A server could not be asked, for a reason that people should read. */
export class NotAsked extends Error {
  readonly exchanged: Exclude<Exchanged, { kind: 'answered' }>;

  constructor(exchanged: Exclude<Exchanged, { kind: 'answered' }>) {
    super('the server was not asked');
    this.exchanged = exchanged;
  }
}
