import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import type { Runtime } from '../runtime.ts';
import { showStatus } from '../present/status.ts';

export const command = defineCommand(
  {
    name: 'open',
    summary: 'Opens the app; without a display, prints its status and a link',
    positionals: [],
    options: {},
    examples: ['tokentray'],
    startsApp: 'open',
  },
  async (runtime) => {
    const { app, json, document, print } = runtime;
    if (!hasDisplay(runtime)) {
      const status = await app.call('status', {});
      if (!status.ok) return status;
      showStatus(runtime, status.value);
      const linked = await app.call('app.open', { launch: false });
      if (!linked.ok) return linked;
      const { url } = linked.value;
      if (url !== null && json) document({ url });
      else if (url !== null) print(`\nOpen the app’s page with this link (it works once):\n${url}`);
      return done(0);
    }
    const opened = await app.call('app.open', { launch: true });
    if (!opened.ok) return opened;
    if (json) document(opened.value);
    else if (opened.value.url !== null) print(opened.value.url);
    return done(0);
  },
);

function hasDisplay({ context }: Runtime): boolean {
  const { env, platform } = context.paths;
  if (platform === 'win32') return true;
  if (!context.stdout.isTTY || env['SSH_CONNECTION']) return false;
  return platform === 'darwin' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}
