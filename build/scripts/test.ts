// Everything that can run here. Ends with one line of figures: `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../bundle.ts';
import { run, runKeeping } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

installSystemPackages();
await ensureBuilt();

const reports = mkdtempSync(path.join(tmpdir(), 'tokentray-reports-'));
const failedSteps: string[] = [];
let passed = 0;
let failed = 0;

const secondsSince = (started: number): string => ((performance.now() - started) / 1000).toFixed(1);

function ended(name: string, code: number, seconds: string): void {
  if (code !== 0) failedSteps.push(name);
  console.error(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
}

async function step(
  name: string,
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const started = performance.now();
  ended(name, await run(command, args, { ...process.env, ...env }), secondsSince(started));
}

function count(report: string, read: (text: string) => { passed: number; failed: number }): void {
  try {
    const figures = read(readFileSync(path.join(reports, report), 'utf8'));
    passed += figures.passed;
    failed += figures.failed;
  } catch {
    failedSteps.push(`${report}: no report, so its tests did not run to completion`);
  }
}

const vitestFigures = (text: string): { passed: number; failed: number } => {
  const { numPassedTests, numFailedTests } = JSON.parse(text) as Record<string, number>;
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
};
const playwrightFigures = (text: string): { passed: number; failed: number } => {
  const { stats } = JSON.parse(text) as { stats: { expected: number; unexpected: number; flaky: number } };
  if (stats.flaky > 0) console.error(`${stats.flaky} end-to-end tests passed only on the second try`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
};

async function vitestStep(project: string): Promise<void> {
  const report = path.join(reports, `${project}.json`);
  await step(`${project} tests`, 'vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  count(`${project}.json`, vitestFigures);
}

/** A step beside the others; gives what prints it, so that its lines stay together. */
async function stepAside(
  name: string,
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<() => void> {
  const started = performance.now();
  const { code, output } = await runKeeping(command, args, { ...process.env, ...env });
  const seconds = secondsSince(started);
  return () => {
    process.stderr.write(output);
    ended(name, code, seconds);
  };
}

// Lint and types each on one core: on more they do part of the work twice, and two steps use both of two cores anyway.
const lint = stepAside('lint', 'oxlint', [], { GOMAXPROCS: '1' });
await step('format', 'prettier', ['--check', '--log-level=warn', '.']);
await step('types', 'tsc', ['--noEmit', '--singleThreaded']);
await vitestStep('unit');
await vitestStep('integration');
(await lint)();
await step('end-to-end tests', 'playwright', ['test', '--config', 'test/e2e/playwright.config.ts'], {
  TOKENTRAY_E2E_REPORT: path.join(reports, 'e2e.json'),
});
count('e2e.json', playwrightFigures);
rmSync(reports, { recursive: true, force: true });

for (const name of failedSteps) console.error(`✗ ${name}`);
console.log(`${passed} passed, ${Math.max(failed, failedSteps.length)} failed`);
process.exit(failedSteps.length === 0 && passed > 0 ? 0 : 1);
