import process from 'node:process';
import { ExportWorld } from './export-world.ts';

/** A process that answers at a pipe until it is killed. Argument: the file. Prints what its store has of it. */
const world = new ExportWorld();
const added = await world.add(process.argv[2] ?? '', { mode: 'pipe' });
process.stdout.write(`${JSON.stringify(added.ok ? world.store.exports.list()[0] : added.error)}\n`);
