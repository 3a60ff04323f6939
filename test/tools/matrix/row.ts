import type { MatrixWorld } from './world.ts';

/** A program that is installed here. */
export interface Program {
  file: string;
  version: string;
}

/** One program, fed by Tokentray in one way. */
export interface Row {
  tool: string;
  fedBy: string;
  /** Where it has to be installed: wherever the tests run, only for `npm run test:tools`, or nowhere: it runs where it is. */
  needed: 'tests' | 'tools' | 'nowhere';
  /** Installs it if that is possible; null: it is not there. */
  find: () => Program | null;
  /** Has it do its job. Throws with the reason where it does not. */
  use: (world: MatrixWorld, program: Program) => Promise<void>;
}

/** Throws unless it is so. */
export function must(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(otherwise);
}
