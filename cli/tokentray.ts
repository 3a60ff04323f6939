import { main } from './main.ts';
import { closeDebugger } from './process/close-debugger.ts';
import { processContext } from './process/process-context.ts';

closeDebugger();
// Ending at once is safe, as every output is written when it is given, and saves waiting for handles to close.
void main(process.argv.slice(2), processContext()).then((code) => process.exit(code));
