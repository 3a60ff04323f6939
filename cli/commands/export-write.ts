import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { exportReference } from '../export-reference.ts';
import { done, failed } from '../outcome.ts';
import { showExports } from '../present/exports.ts';

export const command = defineCommand(
  {
    name: 'export write',
    summary: 'Writes one file now, or all of them',
    positionals: [{ name: 'file', description: 'the file, or the ID of the export', completes: 'exports' }],
    options: {},
    examples: ['tokentray export write', 'tokentray export write .env'],
  },
  async (runtime, { positionals: { file } }) => {
    const reference = file === undefined ? undefined : await exportReference(runtime, file);
    if (reference?.ok === false) return reference;
    const written = await runtime.app.call('exports.write', { export: reference?.value });
    if (!written.ok) return written;
    const { exports } = written.value;
    if (runtime.json) runtime.document(exports);
    else if (exports.length > 0) showExports(runtime, exports);
    const faults = exports.flatMap(({ status }) => (status.state === 'failed' ? [status.error] : []));
    const [fault] = faults;
    if (fault === undefined) return done(0);
    // If all failed for the same reason, it decides the exit code.
    const code = faults.every((other) => other.code === fault.code) ? fault.code : 'failed';
    if (runtime.json) return done(EXIT_CODES[code]);
    return failed(code, `${faults.length} of ${exports.length} files could not be written.`, fault.hint);
  },
);
