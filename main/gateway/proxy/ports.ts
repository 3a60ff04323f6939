import type { Consumer } from '../../consumers/ports.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { Opening } from './find-opening.ts';

/** What one run may do through the proxy, as it is now. */
export interface ProxyRun {
  /** Null: the run has ended. */
  consumer(): Consumer | null;
  /** Whether a key is the run's. */
  isKey(key: string): boolean;
  openings(): readonly Opening[];
  /** Whether other hosts are tunnelled to, without a look inside and without a credential. */
  readonly tunnelsOthers: boolean;
}

/** The forward proxy of one run. */
export interface RunProxy extends Disposable {
  /** On 127.0.0.1. */
  readonly port: number;
}

/**
 * Where the hosts of real services are played instead, in the sandbox; null for a host that is not. `host` has a port if it
 * is not the usual one.
 */
export type Played = (host: string) => {
  /** Without a slash at its end. */
  readonly url: string;
  /** It only signs people in: no credential is ever added. */
  readonly signsIn: boolean;
} | null;
