import { expect, it } from 'vitest';
import {
  UpdateRefused,
  UpdateStalled,
  updateFailure,
} from '../../../../main/hosts/electron/update-failure.ts';

const fault = (message: string, more: object = {}): Error => Object.assign(new Error(message), more);

it.each([
  ['another hash', fault('sha512 checksum mismatch', { code: 'ERR_CHECKSUM_MISMATCH' }), 'refused'],
  ['a bad signature', fault('not signed', { code: 'ERR_UPDATER_INVALID_SIGNATURE' }), 'refused'],
  ['a file from elsewhere', new UpdateRefused(), 'refused'],
  ['no feed', fault('html', { code: 'ERR_UPDATER_INVALID_VERSION' }), 'temporary'],
  ['a server error', fault('502', { statusCode: 502 }), 'temporary'],
  ['a file that is gone', fault('Cannot download "https://a.dev/x", status 404: Not Found'), 'temporary'],
  ['a hang', new UpdateStalled(), 'timed-out'],
  ['no network in Node', fault('x', { code: 'ENOTFOUND' }), 'offline'],
  ['no network in Chromium', fault('net::ERR_INTERNET_DISCONNECTED'), 'offline'],
  ['a cut connection', fault('Request has been aborted by the server'), 'offline'],
  ['a full disk', fault('x', { code: 'ENOSPC' }), 'io'],
  ['anything else', fault('x'), 'failed'],
  ['no error at all', 'x', 'failed'],
])('explains %s', (_name, thrown, code) => {
  const failure = updateFailure(thrown);
  expect(failure.code).toBe(code);
  expect(failure.hint).toBeDefined();
});

it('includes no text from outside', () => {
  const failure = updateFailure(fault('<html>sk-secret</html> https://a.dev/?key=1', { code: 'EWHAT' }));
  expect(JSON.stringify(failure)).not.toMatch(/secret|key=|EWHAT/);
});
