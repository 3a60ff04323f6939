import path from 'node:path';
import { processContext } from '../../../cli/process/process-context.ts';
import { ROOT } from '../../e2e/support/app.ts';

const { args, file } = processContext().serve;

/** Arguments of Node with which the command line starts the core in the background. */
export const CORE_ARGS: readonly string[] = [
  ...args.filter((arg) => arg !== file),
  path.join(ROOT, 'out/main/serve.js'),
  '--background',
];
