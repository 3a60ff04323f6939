import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { TOOL_RECIPES } from '../tools/support/tool-recipes.ts';
import { connectWay } from './support/connect-way.ts';
import { docBlocks } from './support/doc-blocks.ts';
import { cook, NOT_TRIED } from './support/recipes.ts';
import { offeredBy, WAYS_IN } from './support/ways-in.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-recipes-'));
let app: RunningApp;
let cloud = '';
const token = async (name: string): Promise<string> =>
  (await app.cli(['get', name, '--sandbox'])).stdout.trim();

/** A home of its own. */
function kitchen(name: string) {
  const home = path.join(folder, name);
  const project = path.join(home, 'project');
  mkdirSync(project, { recursive: true });
  return { app, home, project };
}

beforeAll(async () => {
  app = await startApp();
  cloud = `${app.sandboxUrl}/bitbucket.org`;
  const offered = await offeredBy(app);
  for (const [title, name] of [
    ['atlassian: authorization-code', 'acme'],
    ['bitbucket: authorization-code', 'git'],
  ])
    await connectWay(
      app,
      offered,
      WAYS_IN.find((way) => way.title === title)!,
      name ?? '',
    );
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Each recipe that runs wherever this repository is tested. */
const HERE: Readonly<Record<string, () => Promise<void>>> = {
  git: async () => {
    const at = kitchen('git');
    const cooked = await cook(
      'git',
      { 'install bitbucket.org': `install ${cloud}`, 'https://bitbucket.org': cloud },
      at,
    );
    expect(cooked).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(path.join(at.project, 'tray/README.md'), 'utf8')).toContain('# Tray');
  },
  'git in a script or a job': async () => {
    const at = kitchen('job');
    expect(await cook('git in a script or a job', { 'https://bitbucket.org': cloud }, at)).toMatchObject({
      code: 0,
    });
    expect(existsSync(path.join(at.project, 'tray/README.md'))).toBe(true);
    expect(existsSync(path.join(at.home, '.gitconfig'))).toBe(false);
  },
  curl: async () => {
    const { code, stdout } = await cook('curl', {}, kitchen('curl'));
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { displayName: 'Ana Keller' }]);
  },
  npm: async () => {
    const at = kitchen('npm');
    const expected = `Bearer ${await token('acme')}`;
    const server = createServer((request, response) => {
      const isUs = request.url === '/-/whoami' && request.headers.authorization === expected;
      response.writeHead(isUs ? 200 : 401).end(JSON.stringify({ username: 'ana' }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const cooked = await cook(
      'npm',
      { 'https://npm.example.com': `http://${host}`, 'npm.example.com': host },
      at,
    );
    server.close();
    expect(cooked).toMatchObject({ code: 0, stdout: 'ana\n', stderr: '' });
    expect(readFileSync(path.join(at.project, '.npmrc'), 'utf8')).toBe(
      `//${host}/:_authToken=\${NPM_TOKEN}\n`,
    );
  },
};

it.each(Object.entries(HERE))('%s', async (_, check) => {
  await check();
});

it('every recipe is tried somewhere, or says that it is not', () => {
  const headings = docBlocks('docs/recipes.md').map(({ heading }) => heading);
  expect(headings.toSorted()).toEqual([...Object.keys(HERE), ...TOOL_RECIPES, ...NOT_TRIED].toSorted());
  const sections = readFileSync(path.join(ROOT, 'docs/recipes.md'), 'utf8').split(/^## /m).slice(1);
  const untried = sections.filter((text) => text.includes('_Not tried._')).map((text) => text.split('\n')[0]);
  expect(untried).toEqual(NOT_TRIED);
});
