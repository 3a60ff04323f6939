import { afterEach, beforeEach } from 'vitest';
import { CliContext } from './cli-context.ts';
import { FakeCore } from './fake-core.ts';

/** For each test a command line of its own, and the core that its socket belongs to. */
export function cliSession(): { readonly cli: CliContext; readonly core: FakeCore } {
  let cli: CliContext;
  let core: FakeCore;
  beforeEach(async () => {
    cli = new CliContext();
    core = await FakeCore.listen(cli.socket);
  });
  afterEach(async () => {
    await core.close();
    cli.dispose();
  });
  return {
    get cli() {
      return cli;
    },
    get core() {
      return core;
    },
  };
}
