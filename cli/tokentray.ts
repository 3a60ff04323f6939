import { main } from './main.ts';
import { closeDebugger } from './process/close-debugger.ts';
import { processContext } from './process/process-context.ts';

closeDebugger();
// Exiting immediately is safe because all output is written synchronously, and avoids waiting for handles to close.
void main(process.argv.slice(2), processContext()).then((code) => process.exit(code));
