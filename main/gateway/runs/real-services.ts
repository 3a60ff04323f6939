import type { Played } from '../proxy/ports.ts';

/** Real services and where they are: at themselves, or in the sandbox. */
export interface RealServices {
  readonly played: Played;
  /** What is played, besides the addresses of connections; a name stands for those below it too. */
  readonly playedHosts: readonly string[];
  /** The real service's address for one of a connection's. */
  realAddress(url: string): string;
}

/** Outside the sandbox. */
export const AT_THEMSELVES: RealServices = {
  played: () => null,
  playedHosts: [],
  realAddress: (url) => url,
};
