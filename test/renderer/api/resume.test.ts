import { describe, expect, it } from 'vitest';
import { Resumption } from '../../../main/hosts/browser/resumption.ts';
import { makePageKey } from '../../../renderer/api/page-key.ts';
import { resumePath } from '../../../renderer/api/resume.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const ORIGIN = 'http://127.0.0.1:4000';

interface Asked {
  page: string;
  proof?: { challenge: string; signature: string };
}

/** A core that was started again, over a fetch that does what a network would. */
function nextCore(pages: string[] = []) {
  let memory = { port: 4000, pages };
  const clock = new FakeClock();
  const resumption = new Resumption(clock, {
    get: () => memory,
    set: (patch) => {
      memory = { ...memory, ...patch };
    },
  });
  const asked: Asked[] = [];
  const fetch = (_: unknown, init?: RequestInit): Promise<Response> => {
    const { page, proof } = JSON.parse(init?.body as string) as Asked;
    asked.push({ page, ...(proof && { proof }) });
    if (proof === undefined) {
      const challenge = resumption.challenge(page);
      return Promise.resolve(
        challenge === null ? new Response('', { status: 401 }) : Response.json({ challenge }),
      );
    }
    return Promise.resolve(
      resumption.accept({ page, ...proof }, ORIGIN)
        ? Response.json({ path: '/open/code' })
        : new Response('', { status: 401 }),
    );
  };
  return { resumption, clock, asked, fetch: fetch as typeof globalThis.fetch, memory: () => memory };
}

describe('a page that outlived the core', () => {
  it('comes back once, with the key that it made', async () => {
    const core = nextCore();
    const key = await makePageKey(globalThis.crypto);
    core.resumption.remember(key.text);
    expect(JSON.stringify(core.memory())).not.toContain(key.text);
    expect(await resumePath(key, { fetch: core.fetch, origin: ORIGIN })).toBe('/open/code');
    expect(await resumePath(key, { fetch: core.fetch, origin: ORIGIN })).toBeNull();
  });

  it('is not known, or holds another key, or is at another address: not let in', async () => {
    const core = nextCore();
    const [key, other] = [await makePageKey(globalThis.crypto), await makePageKey(globalThis.crypto)];
    core.resumption.remember(key.text);
    expect(await resumePath(other, { fetch: core.fetch, origin: ORIGIN })).toBeNull();
    expect(await resumePath({ ...key, sign: other.sign }, { fetch: core.fetch, origin: ORIGIN })).toBeNull();
    // Who knows the public half asks for a challenge, and answers it with a key of its own.
    const challenge = core.resumption.challenge(key.text) ?? '';
    const signature = await other.sign(`tokentray resume\n${ORIGIN}\n${challenge}`);
    expect(core.resumption.accept({ page: other.text, challenge, signature }, ORIGIN)).toBe(false);
    // Whoever took the old port passes the challenge on to the core at its new one.
    expect(await resumePath(key, { fetch: core.fetch, origin: 'http://127.0.0.1:3999' })).toBeNull();
    expect(await resumePath(key, { fetch: core.fetch, origin: ORIGIN })).toBe('/open/code');
  });

  it('cannot be impersonated by a program that saw what it sent', async () => {
    const core = nextCore();
    const key = await makePageKey(globalThis.crypto);
    core.resumption.remember(key.text);
    await resumePath(key, { fetch: core.fetch, origin: ORIGIN });
    const [, second] = core.asked;
    core.resumption.remember(key.text);
    expect(core.resumption.accept({ page: key.text, ...second!.proof! }, ORIGIN)).toBe(false);
  });

  it('has a minute to answer, and nonsense is only nonsense', async () => {
    const core = nextCore();
    const key = await makePageKey(globalThis.crypto);
    const text = (challenge: string): string => `tokentray resume\n${ORIGIN}\n${challenge}`;
    core.resumption.remember(key.text);
    const late = core.resumption.challenge(key.text) ?? '';
    core.clock.advance(61_000);
    expect(
      core.resumption.accept(
        { page: key.text, challenge: late, signature: await key.sign(text(late)) },
        ORIGIN,
      ),
    ).toBe(false);
    for (const nonsense of ['', 'x', 'AAAA', '__proto__']) {
      core.resumption.remember(nonsense);
      const challenge = core.resumption.challenge(nonsense) ?? '';
      expect(core.resumption.accept({ page: nonsense, challenge, signature: nonsense }, ORIGIN)).toBe(false);
    }
  });

  it('is one of the last twenty', async () => {
    const core = nextCore();
    const key = await makePageKey(globalThis.crypto);
    core.resumption.remember(key.text);
    for (let page = 0; page < 20; page++) core.resumption.remember(`page ${page}`);
    expect(core.memory().pages).toHaveLength(20);
    expect(await resumePath(key, { fetch: core.fetch, origin: ORIGIN })).toBeNull();
  });

  it('goes nowhere else, whatever answers', async () => {
    const key = await makePageKey(globalThis.crypto);
    for (const path of ['https://evil.example/', '//evil.example/', 42, null]) {
      const answers: object[] = [{ challenge: 'x' }, { path }];
      const fetch = () => Promise.resolve(Response.json(answers.shift()));
      expect(await resumePath(key, { fetch, origin: ORIGIN })).toBeNull();
    }
  });
});
