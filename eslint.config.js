import { readdirSync, readFileSync } from 'node:fs';
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

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
  'import',
  'consumers',
  'gateway',
  'mcp-clients',
];

/** The import table of docs/ARCHITECTURE.md: `target` may import nothing of `from`, but for `except`. */
const zones = [
  { target: './contract', from: ['./main', './cli', './renderer', './build', './test'] },
  { target: './main/lib', from: ['./main'], except: ['./lib'] },
  ...SERVICES.map((service) => ({
    target: `./main/${service}`,
    from: './main',
    except: [...SERVICES.map((other) => `./${other}`), './lib', './core/host.ts'],
  })),
  {
    target: './main/api',
    from: './main',
    except: [...SERVICES.map((service) => `./${service}`), './api', './lib', './core/host.ts'],
  },
  {
    target: './main/transports',
    from: './main',
    except: ['./transports', './api', './lib', './core/host.ts'],
  },
  {
    target: './main/hosts',
    from: './main',
    except: ['./hosts', './transports', './api', './lib', './core/host.ts'],
  },
  {
    target: './main/core',
    from: './main',
    except: [...SERVICES.map((service) => `./${service}`), './core', './transports', './api', './lib'],
  },
  { target: './main/start', from: ['./main/index.ts', './main/serve.ts'] },
  { target: './main', from: ['./cli', './renderer', './build', './test'] },
  { target: './renderer', from: ['./main', './cli', './build', './test'] },
  { target: './cli', from: ['./main', './renderer', './build', './test'] },
  { target: './build', from: './test' },
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

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'node_modules/', 'test-results/', 'coverage/']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.js',
            '*.mjs',
            'build/*.mjs',
            'test/bench/support/*.cjs',
            'test/e2e/support/*.cjs',
          ],
        },
      },
    },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'] }),
      ],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/extensions': ['.ts', '.tsx'],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'no-restricted-imports': ['error', noElectron],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: [
      'main/{connections,credentials,providers,oauth,signin,atlassian,refresh,store,exports,network,backup,sandbox,import,consumers,gateway,mcp-clients,lib,api}/**',
      'main/{core,start}/**',
      'main/serve.ts',
    ],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  {
    files: ['renderer/**', 'cli/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
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
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: [
      '*.config.js',
      '*.config.ts',
      'build/**/*.config.ts',
      'test/e2e/playwright.config.ts',
      'test/e2e/support/hosts-reporter.ts',
    ],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['**/*.mjs', '*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['test/bench/support/*.cjs', 'test/e2e/support/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { require: 'readonly', globalThis: 'readonly' } },
    // Electron's --require takes nothing else everywhere.
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-restricted-imports': 'off' },
  },
);
