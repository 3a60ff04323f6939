import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'oxlint';
import { type Zone } from './build/lint/zones.ts';

const SERVICES = [
  'connections',
  'credentials',
  'oauth',
  'providers',
  'signin',
  'atlassian',
  'refresh',
  'store',
  'exports',
  'network',
  'backup',
  'sandbox',
  'hooks',
  'import',
  'lock',
  'consumers',
  'gateway',
  'git',
  'mcp-clients',
  'programs',
  'uses',
];
const services = SERVICES.map((service) => `main/${service}`);

/** The import table of docs/ARCHITECTURE.md. */
const zones: Zone[] = [
  { target: 'contract', from: ['main', 'cli', 'renderer', 'build', 'test'] },
  { target: 'main/lib', from: ['main'], except: ['main/lib'] },
  ...services.map((target) => ({
    target,
    from: ['main'],
    except: [...services, 'main/lib', 'main/core/host.ts'],
  })),
  { target: 'main/api', from: ['main'], except: [...services, 'main/api', 'main/lib', 'main/core/host.ts'] },
  {
    target: 'main/transports',
    from: ['main'],
    except: ['main/transports', 'main/api', 'main/lib', 'main/core/host.ts'],
  },
  {
    target: 'main/hosts',
    from: ['main'],
    except: ['main/hosts', 'main/transports', 'main/api', 'main/lib', 'main/core/host.ts'],
  },
  {
    target: 'main/core',
    from: ['main'],
    except: [...services, 'main/core', 'main/transports', 'main/api', 'main/lib'],
  },
  { target: 'main/start', from: ['main/index.ts', 'main/serve.ts'] },
  { target: 'main', from: ['cli', 'renderer', 'build', 'test'] },
  { target: 'renderer', from: ['main', 'cli', 'build', 'test'] },
  { target: 'cli', from: ['main', 'renderer', 'build', 'test'] },
  { target: 'build', from: ['test'] },
];

/** Files of the contract that hold schemas: window and command line take only their types, and so load no zod. */
const SCHEMAS = readdirSync(new URL('contract', import.meta.url)).filter((file) =>
  /^import \{[^}]*\} from 'zod'/m.test(readFileSync(new URL(`contract/${file}`, import.meta.url), 'utf8')),
);

const noElectron = {
  paths: [
    { name: 'electron', message: 'Only main/index.ts, hosts/electron and transports/electron-ipc.ts.' },
  ],
};

export default defineConfig({
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['out/', 'dist/', 'test-results/', 'coverage/', 'cli/client/contract.ts'],
  plugins: ['eslint', 'oxc', 'typescript', 'import', 'react'],
  jsPlugins: ['./build/lint/zones.ts'],
  categories: { correctness: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'no-restricted-imports': ['error', noElectron],

    eqeqeq: 'error',
    'no-array-constructor': 'error',
    'no-case-declarations': 'error',
    'no-empty': 'error',
    'no-empty-function': 'error',
    'no-fallthrough': 'error',
    'no-prototype-builtins': 'error',
    'no-regex-spaces': 'error',
    'no-unexpected-multiline': 'error',
    'no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
    'no-useless-assignment': 'error',
    'no-useless-constructor': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'prefer-rest-params': 'error',
    'prefer-spread': 'error',
    'preserve-caught-error': 'error',

    'typescript/adjacent-overload-signatures': 'error',
    'typescript/array-type': 'error',
    'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
    'typescript/ban-tslint-comment': 'error',
    'typescript/class-literal-property-style': 'error',
    'typescript/consistent-generic-constructors': 'error',
    'typescript/consistent-indexed-object-style': 'error',
    'typescript/consistent-type-assertions': 'error',
    'typescript/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    'typescript/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
    'typescript/no-confusing-non-null-assertion': 'error',
    'typescript/no-confusing-void-expression': 'error',
    'typescript/no-deprecated': 'error',
    'typescript/no-dynamic-delete': 'error',
    'typescript/no-empty-object-type': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-extraneous-class': 'error',
    'typescript/no-generated-empty-object-type': 'error',
    'typescript/no-inferrable-types': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-mixed-enums': 'error',
    'typescript/no-namespace': 'error',
    'typescript/no-non-null-asserted-nullish-coalescing': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-require-imports': 'error',
    'typescript/no-unnecessary-boolean-literal-compare': 'error',
    'typescript/no-unnecessary-condition': 'error',
    'typescript/no-unnecessary-template-expression': 'error',
    'typescript/no-unnecessary-type-arguments': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-unnecessary-type-constraint': 'error',
    'typescript/no-unnecessary-type-conversion': 'error',
    'typescript/no-unnecessary-type-parameters': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-enum-assignment': 'error',
    'typescript/no-unsafe-enum-comparison': 'error',
    'typescript/no-unsafe-function-type': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/non-nullable-type-assertion-style': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-find': 'error',
    'typescript/prefer-for-of': 'error',
    'typescript/prefer-function-type': 'error',
    'typescript/prefer-includes': 'error',
    'typescript/prefer-literal-enum-member': 'error',
    'typescript/prefer-nullish-coalescing': 'error',
    'typescript/prefer-optional-chain': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/prefer-reduce-type-parameter': 'error',
    'typescript/prefer-regexp-exec': 'error',
    'typescript/prefer-return-this-type': 'error',
    'typescript/prefer-string-starts-ends-with': 'error',
    'typescript/related-getter-setter-pairs': 'error',
    'typescript/require-await': 'error',
    'typescript/restrict-plus-operands': [
      'error',
      {
        allowAny: false,
        allowBoolean: false,
        allowNullish: false,
        allowNumberAndString: false,
        allowRegExp: false,
      },
    ],
    'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
    ],
    'typescript/unified-signatures': 'error',
    'typescript/use-unknown-in-catch-callback-variable': 'error',
  },
  overrides: [
    {
      files: ['{contract,main,renderer,cli,build}/**'],
      rules: { 'zones/imports': ['error', zones] },
    },
    {
      files: [`main/{${SERVICES.join(',')},lib,api,core,start}/**`, 'main/serve.ts'],
      rules: { 'no-console': 'error' },
    },
    {
      files: ['renderer/**'],
      rules: { 'react/rules-of-hooks': 'error', 'react/unsupported-syntax': 'error' },
    },
    {
      files: ['renderer/**', 'cli/**'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            ...noElectron,
            patterns: [
              { group: ['node:sqlite', 'keytar'], message: 'The core owns the store.' },
              {
                group: ['zod', 'zod/*', ...SCHEMAS.map((file) => `**/contract/${file}`)],
                allowTypeImports: true,
                message: 'Only its types: the schema library stays in the core.',
              },
            ],
          },
        ],
      },
    },
    {
      files: [
        'main/index.ts',
        '{main,test/main}/hosts/electron/**',
        'main/transports/electron-ipc.ts',
        'test/main/transports/electron-ipc.test.ts',
      ],
      rules: { 'no-restricted-imports': 'off' },
    },
    {
      files: ['test/**'],
      rules: { 'typescript/no-non-null-assertion': 'off', 'typescript/unbound-method': 'off' },
    },
    {
      files: [
        '*.config.ts',
        'build/**/*.config.ts',
        'build/lint/zones.ts',
        'test/e2e/playwright.config.ts',
        'test/e2e/support/hosts-reporter.ts',
      ],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      files: ['**/*.{mjs,cjs}'],
      env: { builtin: true, node: true },
      rules: {
        'no-redeclare': 'error',
        'no-undef': 'error',
        // Nothing in them has types.
        'typescript/no-confusing-void-expression': 'off',
        'typescript/no-misused-promises': 'off',
        'typescript/no-unnecessary-condition': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
        'typescript/restrict-plus-operands': 'off',
      },
    },
    {
      files: ['**/*.cjs'],
      // Electron's --require takes nothing else everywhere.
      rules: { 'typescript/no-require-imports': 'off', 'no-restricted-imports': 'off' },
    },
  ],
});
