/** Readers that load several env files of one folder, and in which order: the last one wins. */
const READERS: readonly { names: string; order: (mode: string) => readonly string[] }[] = [
  {
    // https://vite.dev/guide/env-and-mode, https://github.com/kerimdzhanov/dotenv-flow#files-priority
    names: 'Vite and dotenv-flow',
    order: (mode) => ['.env', '.env.local', `.env.${mode}`, `.env.${mode}.local`],
  },
  {
    // https://nextjs.org/docs/app/guides/environment-variables#environment-variable-load-order
    names: 'Next.js',
    order: (mode) => ['.env', `.env.${mode}`, '.env.local', `.env.${mode}.local`],
  },
];

/** Not read by any of them. */
const SAMPLES = new Set([
  'example',
  'sample',
  'template',
  'dist',
  'defaults',
  'schema',
  'vault',
  'keys',
  'bak',
]);

/** The mode that an env file is for: empty for all; null for a file that is not loaded by its name. */
function modeOf(name: string): string | null {
  const parts = /^\.env(?:\.([A-Za-z][\w-]*))?(\.local)?$/.exec(name);
  if (parts === null) return null;
  const mode = parts[1] ?? '';
  if (SAMPLES.has(mode)) return null;
  return mode === 'local' ? '' : mode;
}

/** Pure: which readers take a variable from `other` although `ours`, in the same folder, sets it too; null for none. */
export function readersThatPrefer(other: string, ours: string): string | null {
  const [otherMode, ourMode] = [modeOf(other), modeOf(ours)];
  if (otherMode === null || ourMode === null || other === ours) return null;
  // Never loaded together.
  if (otherMode !== '' && ourMode !== '' && otherMode !== ourMode) return null;
  const mode = otherMode || ourMode;
  const readers = READERS.filter(({ order }) => {
    const loaded = order(mode === '' ? 'development' : mode);
    return loaded.indexOf(other) > loaded.indexOf(ours);
  }).map(({ names }) => names);
  if (readers.length === 0) return null;
  return `${readers.join(', and ')}${otherMode === '' ? '' : `, in the mode “${otherMode}”,`}`;
}
