import {
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileLogger } from '../../../main/lib/file-log.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

describe('fileLogger', () => {
  it('writes one redacted JSON line an event, readable by the owner only', () => {
    const log = fileLogger(path.join(folder, 'logs'), new FakeClock());
    log.info('refresh.failed', { reason: 'refresh_token=c2VjcmV0LWNhbmFyeQ refused' });
    log.debug('not.written');
    const file = path.join(folder, 'logs', 'tokentray.log');
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ level: 'info', event: 'refresh.failed' });
    expect(text).not.toContain('c2VjcmV0LWNhbmFyeQ');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps the code of a failure, and stays JSON, whatever it takes out', () => {
    const log = fileLogger(folder, new FakeClock());
    log.warn('keychain.unavailable', { code: 'keychain-locked', state: 'unavailable', errno: 123_456 });
    log.warn('some.mistake', { code: 'c2VjcmV0LWNhbmFyeQ', reason: '{"code":"c2VjcmV0LWNhbmFyeQ"}' });
    const text = readFileSync(path.join(folder, 'tokentray.log'), 'utf8');
    const [first, second] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(first).toMatchObject({ code: 'keychain-locked', state: 'unavailable', errno: 123_456 });
    expect(second).toMatchObject({ code: '‹redacted›', reason: '{"code":"‹redacted›"}' });
  });

  it('keeps three old files of 1 MiB', () => {
    const log = fileLogger(folder, new FakeClock());
    for (let index = 0; index < 60; index += 1) log.info('filler', { text: 'x '.repeat(50_000) });
    const files = readdirSync(folder).sort();
    expect(files).toEqual(['tokentray.log', 'tokentray.log.1', 'tokentray.log.2', 'tokentray.log.3']);
    for (const file of files) expect(statSync(path.join(folder, file)).size).toBeLessThanOrEqual(1024 * 1024);
  });

  it.runIf(process.getuid?.() === 0)('writes nothing by way of what another user owns', () => {
    const theirs = path.join(folder, 'theirs');
    mkdirSync(theirs);
    chownSync(theirs, 54_321, -1);
    symlinkSync('theirs', path.join(folder, 'logs'));
    fileLogger(path.join(folder, 'logs'), new FakeClock()).error('lost');
    expect(readdirSync(theirs)).toEqual([]);
  });

  it('does not stop the app when it cannot be written', () => {
    writeFileSync(path.join(folder, 'taken'), '');
    const log = fileLogger(path.join(folder, 'taken'), new FakeClock());
    expect(() => {
      log.error('lost');
    }).not.toThrow();
  });
});
