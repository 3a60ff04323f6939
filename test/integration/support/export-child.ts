import process from 'node:process';
import type { EnvFormat } from '../../../contract/export.ts';
import { writeToken } from './write-token.ts';

/** A process that writes one export. Arguments: those of `writeToken`. Prints the outcome. */
const [file = '', token = '', random = '', format = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await writeToken(file, token, random, format as EnvFormat)));
