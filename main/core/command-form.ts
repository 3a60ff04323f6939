import path from 'node:path';
import { checkoutProgram, type CommandForm } from '../../contract/command-text.ts';
import type { Host } from './host.ts';

/** How the person writes commands wherever they are; the browser host runs only in a checkout. */
export const commandForm = ({ kind }: Pick<Host, 'kind'>, sandbox: boolean): CommandForm => ({
  program:
    kind === 'electron' ? 'tokentray' : checkoutProgram(path.join(import.meta.dirname, '..', '..'), null),
  sandbox,
});
