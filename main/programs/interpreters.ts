import path from 'node:path';

/** Options after which a word belongs to the option, and options that bring the code themselves. */
interface Interpreter {
  readonly name: RegExp;
  readonly takesWord: ReadonlySet<string>;
  readonly inline: RegExp;
  /** Words before the script, such as `run`. */
  readonly verbs?: ReadonlySet<string>;
}

const set = (...words: string[]): ReadonlySet<string> => new Set(words);

const SHELL = /^(ba|da|z|k|mk|a|fi)?sh$/;

const INTERPRETERS: readonly Interpreter[] = [
  {
    name: /^node(js)?(-?\d+)?$/,
    takesWord: set('-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions'),
    inline: /^(-e|-p|-pe|--eval|--print)(=|$)/,
  },
  { name: /^(deno|bun)$/, takesWord: set('-r', '--preload'), inline: /^(-e|--eval)$/, verbs: set('run') },
  {
    name: /^(python|pypy)[\d.]*$/,
    takesWord: set('-W', '-X', '--check-hash-based-pycs'),
    inline: /^-[a-zA-Z]*[cm]/,
  },
  {
    name: SHELL,
    takesWord: set('-o', '+o', '-O', '+O', '--rcfile', '--init-file'),
    inline: /^(-[a-zA-Z]*c|--command(=|$))/,
  },
  { name: /^perl[\d.]*$/, takesWord: set('-I'), inline: /^-[a-zA-Z]*[eE]/ },
  { name: /^ruby[\d.]*$/, takesWord: set('-I', '-r', '-C', '-E'), inline: /^-[a-zA-Z]*e/ },
  { name: /^php[\d.]*$/, takesWord: set('-c', '-d', '-z'), inline: /^-[rBRE]/ },
  { name: /^(Rscript|lua[\d.]*|tclsh[\d.]*|osascript)$/, takesWord: set('-l'), inline: /^-e/ },
  {
    name: /^(pwsh|powershell)$/,
    takesWord: set('-ExecutionPolicy'),
    inline: /^-(c|Command|e|Enc.*)$/i,
    verbs: set('-File', '-f'),
  },
  // A class by name can be any of many, so only what is in a file of its own counts.
  {
    name: /^java$/,
    takesWord: set('-cp', '-classpath', '--class-path', '-p', '--module-path'),
    inline: /^-m|^--module$/,
    verbs: set('-jar'),
  },
];

const interpreterOf = (executable: string): Interpreter | undefined => {
  const name = path.basename(executable).replace(/\.exe$/i, '');
  return INTERPRETERS.find((each) => each.name.test(name));
};

/** Whether what a program does depends on a file that it is given. Pure. */
export const isInterpreter = (executable: string): boolean => interpreterOf(executable) !== undefined;

/** Whether it is a shell that was given its commands as an argument, as programs run them: `sh -c …`. Pure. */
export function isInlineShell(executable: string, argv: readonly string[]): boolean {
  if (!SHELL.test(path.basename(executable))) return false;
  const words = argv.slice(1);
  const first = words.findIndex((word) => !/^[-+]/.test(word));
  return words
    .slice(0, first < 0 ? words.length : first)
    .some((word) => /^-[a-zA-Z]*c$|^--command$/.test(word));
}

/** The argument that names the script of an interpreter, as it was given; null if its code comes in another way. Pure. */
export function scriptArgument(executable: string, argv: readonly string[]): string | null {
  const interpreter = interpreterOf(executable);
  if (interpreter === undefined) return null;
  const { takesWord, inline, verbs } = interpreter;
  const words = argv.slice(1);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (verbs?.has(word)) continue;
    if (word === '--') return words[at + 1] ?? null;
    // Standard input.
    if (word === '-' || word === '') return null;
    if (!/^[-+]/.test(word)) return word;
    if (inline.test(word)) return null;
    if (takesWord.has(word)) at += 1;
  }
  return null;
}
