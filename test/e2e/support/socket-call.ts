import { request } from 'node:http';

/** One call over the app's socket, without the start of a command. */
export function callSocket(socketPath: string, name: string, input: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { socketPath, path: `/v1/${name}`, method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        response.on('end', () => {
          resolve(JSON.parse(text));
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(input));
  });
}
