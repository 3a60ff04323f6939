// A rule for oxlint, which has none for folders: who may import whom.
import path from 'node:path';

/** Files in `target` may import nothing in `from`, but for `except`: folders and files, from the root of the repository. */
export interface Zone {
  target: string;
  from: string[];
  except?: string[];
}

interface Context {
  cwd: string;
  filename: string;
  options: readonly unknown[];
  report: (problem: { node: Literal; message: string }) => void;
}

interface Literal {
  type: string;
  value?: unknown;
}

const within = (places: readonly string[], file: string): boolean =>
  places.some((place) => file === place || file.startsWith(`${place}/`));

function create(context: Context) {
  const importer = path.relative(context.cwd, context.filename).replaceAll(path.sep, '/');
  const zones = (context.options[0] as Zone[]).filter(({ target }) => within([target], importer));
  const check = ({ source }: { source: Literal | null }): void => {
    if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
    const imported = path.posix.join(path.posix.dirname(importer), source.value);
    if (zones.some(({ from, except = [] }) => within(from, imported) && !within(except, imported)))
      context.report({ node: source, message: `May not import ${imported}: see docs/ARCHITECTURE.md.` });
  };
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
  };
}

export default { meta: { name: 'zones' }, rules: { imports: { meta: { schema: false }, create } } };
