import type { ConnectionView } from '../../contract/connection.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Runtime } from '../runtime.ts';
import type { MayDepend } from '../../contract/dependents.ts';

/** Reads what may depend on connections. Fails where that cannot be told, so that nothing is removed by mistake. */
export async function readDependents(
  { app, context }: Pick<Runtime, 'app' | 'context'>,
  connections: readonly ConnectionView[],
): Promise<Outcome<MayDepend>> {
  const exports = await app.call('exports.list', {});
  if (!exports.ok) return exports;
  const gateway = await app.call('gateway.view', {});
  if (!gateway.ok) return gateway;
  const hooks = await app.call('hooks.list', {});
  if (!hooks.ok) return hooks;
  const git = await app.call('git.installs', {});
  if (!git.ok) return git;
  const folders = await app.call('folders.list', {});
  if (!folders.ok) return folders;
  const files = await app.call('mcp.files', context.cwd === null ? {} : { folder: context.cwd });
  if (!files.ok) return files;
  const grants = await app.call('grants.list', {});
  if (!grants.ok) return grants;
  return done({
    connections,
    exports: exports.value.exports,
    gateway: gateway.value,
    hooks: hooks.value.hooks,
    installs: git.value.installs,
    folders: folders.value.folders,
    mcpFiles: files.value.files,
    grants: grants.value.grants,
  });
}
