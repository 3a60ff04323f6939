import process from 'node:process';
import type { Plugin } from 'rolldown';

const MARK = '\0lazy-builtin:';

/**
 * Loads these built-in modules of Node when one of their functions or classes is first used: a start needs none of them,
 * and loading them takes an eighth of it. Sources import them as usual, but can use nothing else of them.
 */
export const lazyBuiltins = (names: readonly string[]): Plugin => ({
  name: 'lazy-builtins',
  resolveId(source, importer, { kind }) {
    const isOurs = importer !== undefined && !/[/\\]node_modules[/\\]/.test(importer);
    // An `import()` is late already.
    return isOurs && kind !== 'dynamic-import' && names.includes(source) ? `${MARK}${source}` : null;
  },
  load(id) {
    if (!id.startsWith(MARK)) return null;
    const name = id.slice(MARK.length);
    const builtin = Object.entries(process.getBuiltinModule(name) ?? {});
    const callable = builtin.filter(([, value]) => typeof value === 'function').map(([key]) => key);
    return [
      `let builtin;`,
      `const load = () => (builtin ??= process.getBuiltinModule(${JSON.stringify(name)}));`,
      ...callable.map(
        (key) =>
          `export function ${key}(...given) { return new.target ? new (load().${key})(...given) : load().${key}(...given); }`,
      ),
    ].join('\n');
  },
});
