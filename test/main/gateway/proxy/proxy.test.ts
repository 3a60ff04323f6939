import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Consumer } from '../../../../main/consumers/ports.ts';
import { startProxy } from '../../../../main/gateway/proxy/proxy.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { sampleConnection } from '../../../fakes/sample-connection.ts';
import type { ConnectionRecord } from '../../../../main/store/records.ts';

test('a host for which no certificate can be issued is refused, and the app goes on', async () => {
  const connection = sampleConnection({ name: 'acme' }) as unknown as ConnectionRecord;
  const proxy = await startProxy(
    {
      authority: {
        certificate: '',
        leaves: { contextFor: () => Promise.reject(new Error('no certificate')) },
      },
      dial: () => Promise.reject(new Error('not asked')),
      relay: () => Promise.reject(new Error('not asked')),
      traffic: { record: () => undefined },
      played: () => null,
      signsIn: () => false,
      clock: systemClock,
      logger: silentLogger,
    },
    {
      consumer: () => ({}) as Consumer,
      isKey: () => true,
      openings: () => [{ connection, api: 'jira', url: new URL('https://acme.example'), root: null }],
      tunnelsOthers: false,
    },
  );
  if (!proxy.ok) throw new Error(proxy.error.message);
  const socket = connect(proxy.value.port, '127.0.0.1');
  socket.write(
    'CONNECT acme.example:443 HTTP/1.1\r\nHost: acme.example:443\r\nProxy-Authorization: Basic eDp5\r\n\r\n',
  );
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 500 /);
  await proxy.value.dispose();
});
