import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { providerSource } from '../../../cli/provider-source.ts';
import { processContext } from '../../../cli/process/process-context.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-context-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.runIf(process.platform === 'linux')('a FIFO in the place of a file', () => {
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const context = processContext();

  it('holds no command up', async () => {
    expect(context.readText(fifo)).not.toContain('x');
    expect(await providerSource({ context }, fifo)).toMatchObject({
      ok: false,
      error: { code: 'io', message: `${fifo} is not a file.` },
    });
  });

  it('and a file is read', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, 'text\n');
    expect(context.readText(file)).toBe('text\n');
    expect(context.readText(path.join(folder, 'none'))).toBeNull();
  });
});
