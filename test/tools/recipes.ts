// Recipes of docs/recipes.md for programs that are no packages: run as they are written where the program is on the PATH.
// Prints a row for each.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startApp } from '../e2e/support/app.ts';
import { connectWay } from '../integration/support/connect-way.ts';
import { cook, type Kitchen } from '../integration/support/recipes.ts';
import { offeredBy, WAYS_IN } from '../integration/support/ways-in.ts';
import { Table } from './support/table.ts';
import type { TOOL_RECIPES } from './support/tool-recipes.ts';

type Recipe = (typeof TOOL_RECIPES)[number];

const app = await startApp();
const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-recipes-'));
const table = new Table();
const cloud = `${app.sandboxUrl}/bitbucket.org`;

const onPath = (program: string): string | null =>
  spawnSync(program, ['--version']).status === 0 ? program : null;

function kitchen(name: string): Kitchen {
  const home = path.join(folder, name);
  const project = path.join(home, 'project');
  mkdirSync(project, { recursive: true });
  return { app, home, project };
}

/** Throws with what the recipe said, unless it ended well. */
async function cooked(recipe: Recipe, ...more: DropFirst<Parameters<typeof cook>>): Promise<string> {
  const { code, stdout, stderr } = await cook(recipe, ...more);
  if (code !== 0) throw new Error(stderr.trim() || `it ended with ${code}`);
  return stdout;
}
type DropFirst<T extends unknown[]> = T extends [unknown, ...infer R] ? R : never;

/** A registry that lets in who has the token as the password; counts how often that was so. */
async function registry(password: string): Promise<{ server: Server; host: string; letIn: () => number }> {
  const expected = `Basic ${Buffer.from(`ana:${password}`).toString('base64')}`;
  let letIn = 0;
  const server = createServer((request, response) => {
    const isUs = request.headers.authorization === expected;
    if (isUs) letIn += 1;
    response.writeHead(isUs ? 200 : 401, {
      'docker-distribution-api-version': 'registry/2.0',
      ...(!isUs && { 'www-authenticate': 'Basic realm="registry"' }),
    });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}`, letIn: () => letIn };
}

try {
  const offered = await offeredBy(app);
  const way = WAYS_IN.find(({ title }) => title === 'bitbucket: authorization-code');
  if (way === undefined) throw new Error('there is no such way in');
  await connectWay(app, offered, way, 'acme');
  const token = (await app.cli(['get', 'acme', '--sandbox'])).stdout.trim();

  await table.row(['docker', 'get', 'password on standard input'], onPath('docker'), async () => {
    const { server, host, letIn } = await registry(token);
    try {
      // Without an engine docker signs in by itself.
      const env = { DOCKER_HOST: `unix://${folder}/none.sock` };
      await cooked('docker', { 'registry.example.com': host }, kitchen('docker'), env);
      return letIn() > 0;
    } finally {
      server.close();
    }
  });
  await table.row(['terraform', 'get', 'TF_VAR_…'], onPath('terraform'), async () => {
    const at = kitchen('variables');
    const variable = 'variable "token" {\n  sensitive = true\n}\n';
    const output = `output "same" {\n  value = nonsensitive(sha256(var.token))\n}\n`;
    writeFileSync(path.join(at.project, 'main.tf'), variable + output);
    const planned = await cooked('Terraform, variables', {}, at);
    return planned.includes(createHash('sha256').update(token).digest('hex'));
  });
  await table.row(['terraform', 'git install', 'git’s helper'], onPath('terraform'), async () => {
    const at = kitchen('modules');
    writeFileSync(
      path.join(at.project, 'main.tf'),
      `module "tray" {\n  source = "git::${cloud}/acme/tray.git"\n}\n`,
    );
    const replace = { 'install bitbucket.org': `install ${cloud}` };
    await cooked('Terraform, modules in git', replace, at);
    const module = path.join(at.project, '.terraform/modules/tray/README.md');
    return readFileSync(module, 'utf8').includes('# Tray');
  });
} finally {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = table.exitCode;
