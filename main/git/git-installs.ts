import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { GitInstallView } from '../../contract/git.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { GitInstall, Store } from '../store/ports.ts';
import { findTarget, type TargetPorts } from './find-target.ts';
import { helperValue, isHelperValue, type HelperCommandOptions } from './helper-command.ts';
import {
  addHelper,
  checkGit,
  helpersIn,
  removeHelper,
  settingsFile,
  type Surroundings,
} from './settings-file.ts';

type Place = CallInput<'git.install'>;

export interface GitInstallsOptions {
  store: Pick<Store, 'gitInstalls' | 'activity' | 'connections'>;
  targets: Omit<TargetPorts, 'list'>;
  surroundings: Surroundings;
  helper: HelperCommandOptions;
  clock: Clock;
}

/** The places in git's settings where it is made to ask Tokentray. */
export interface GitInstalls {
  list(): Promise<Result<CallOutput<'git.installs'>>>;
  install(place: Place): Promise<Result<CallOutput<'git.install'>>>;
  uninstall(place: Place): Promise<Result<CallOutput<'git.uninstall'>>>;
}

export function createGitInstalls(options: GitInstallsOptions): GitInstalls {
  const { store, targets, surroundings, helper, clock } = options;
  const { git } = surroundings;

  async function viewOf({
    file,
    url,
    scope,
    connection,
    helper: value,
  }: GitInstall): Promise<GitInstallView> {
    return {
      scope,
      file,
      url,
      connection:
        connection === null
          ? null
          : { id: connection, name: store.connections.get(connection)?.name ?? null },
      helper: value,
      intact: (await helpersIn(git, file, url)).includes(value),
    };
  }

  /** Where something is to be written or removed, and what was written there before. */
  async function locate({ target, scope = 'global', folder, file }: Place, isInstalled: boolean) {
    const known = store.gitInstalls.list();
    if (!known.ok) return known;
    const addresses = isInstalled ? known.value.map(({ url }) => url) : [];
    const found = findTarget(target, { ...targets, list: () => store.connections.list() }, addresses);
    if (!found.ok) return found;
    const usable = await checkGit(git);
    if (!usable.ok) return usable;
    const place = await settingsFile({ scope, folder, file }, surroundings);
    if (!place.ok) return place;
    const before = known.value.find((each) => each.file === place.value && each.url === found.value.url);
    return ok({ ...found.value, scope, file: place.value, before: before ?? null });
  }

  async function takeOut(file: string, url: string, before: GitInstall | null): Promise<Result<void>> {
    const removed = await removeHelper(git, file, url, before ?? { inserted: '', created: false });
    return removed.ok ? store.gitInstalls.remove(file, url) : removed;
  }

  function log(event: string, message: string): void {
    store.activity.append({
      ...{ at: isoTime(clock.now()), level: 'info', event, message },
      ...{ connection: null, export: null },
    });
  }

  return {
    async list() {
      const known = store.gitInstalls.list();
      if (!known.ok) return known;
      return ok({ installs: await Promise.all(known.value.map(viewOf)) });
    },
    async install(place) {
      const located = await locate(place, false);
      if (!located.ok) return located;
      const { file, url, scope, connection, before } = located.value;
      const value = helperValue(connection?.id ?? null, helper);
      if (value === null)
        return fail(
          'unsupported',
          'Tokentray has no command line here that git could find later.',
          'Install a package that has one: the deb or the rpm.',
        );
      const there = await helpersIn(git, file, url);
      if (before?.helper === value && there.includes(value))
        return ok({ install: await viewOf(before), changed: false });
      if (before !== null || there.some(isHelperValue)) {
        const removed = await takeOut(file, url, before);
        if (!removed.ok) return removed;
      }
      const written = await addHelper(git, file, url, value);
      if (!written.ok) return written;
      const install = {
        file,
        url,
        scope,
        connection: connection?.id ?? null,
        helper: value,
        ...written.value,
      };
      const saved = store.gitInstalls.save(install);
      if (!saved.ok) return saved;
      log('git.installed', `Git asks Tokentray for ${url}, as ${file} says.`);
      return ok({ install: await viewOf(install), changed: true });
    },
    async uninstall(place) {
      const located = await locate(place, true);
      if (!located.ok) return located;
      const { file, url, before, scope } = located.value;
      if (before === null && !(await helpersIn(git, file, url)).some(isHelperValue))
        return fail(
          'not-found',
          `${file} has no helper of Tokentray’s for ${url}.`,
          `See where there is one: tokentray git list${scope === 'global' ? '' : '. Without --local, your own settings are meant.'}`,
        );
      const removed = await takeOut(file, url, before);
      if (!removed.ok) return removed;
      log('git.uninstalled', `Git no longer asks Tokentray for ${url}, as ${file} says.`);
      return ok({ file, url });
    },
  };
}
