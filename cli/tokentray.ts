import { main } from './main.ts';
import { takeBegun } from './process/begun.ts';
import { closeDebugger } from './process/close-debugger.ts';
import { processContext } from './process/process-context.ts';

closeDebugger();
const { argv, begun } = takeBegun(process.argv.slice(2));
// Exiting immediately is safe because all output is written synchronously, and avoids waiting for handles to close.
void main(argv, processContext(begun)).then((code) => process.exit(code));
