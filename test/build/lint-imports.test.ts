import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

/** Only the rule in question: it needs no types, so no program of the whole repository is built for it. */
const eslint = new ESLint({
  ruleFilter: ({ ruleId }) => ruleId === '@typescript-eslint/no-restricted-imports',
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});

/** The rules that the text breaks when it stands in the place of the file. */
async function broken(file: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

it.each(['cli/version.ts', 'renderer/main.tsx'])(
  'lets the schema library into %s as types only',
  { timeout: 60_000 },
  async (file) => {
    const text = (names: string) => `import { ${names} } from 'zod';\nexport { z };\n`;
    expect(await broken(file, text('type z'))).toEqual([]);
    expect(await broken(file, text('z'))).toHaveLength(1);
    expect(
      await broken(file, `import { Failure } from '../contract/errors.ts';\nexport { Failure };\n`),
    ).toHaveLength(1);
    expect(
      await broken(file, `import { EXIT_CODES } from '../contract/vocabulary.ts';\nexport { EXIT_CODES };\n`),
    ).toEqual([]);
  },
);
