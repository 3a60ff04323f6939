import process from 'node:process';
import { writeToken } from './write-token.ts';

/** A process that writes one export. Arguments: those of `writeToken`. Prints the outcome. */
const [file = '', token = '', random = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await writeToken(file, token, random)));
