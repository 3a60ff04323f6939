// The full counts of the fault, attack and endurance tests; `npm test` runs a slice of each. About half an hour.
import { ensureBuilt } from '../bundle.ts';
import { run } from '../steps.ts';
import { installSystemPackages } from '../system-packages.ts';

installSystemPackages();
await ensureBuilt();
const counts = {
  TOKENTRAY_ATTACKS: '10000',
  TOKENTRAY_CRASHES: '100',
  TOKENTRAY_ENV_VALUES: '100000',
  TOKENTRAY_FAULTS: 'full',
  TOKENTRAY_FAULT_REFRESHES: '10000',
  TOKENTRAY_FRESH_SECONDS: '300',
  TOKENTRAY_FRESH_TTL: '30',
  TOKENTRAY_FUZZ: '1000000',
  TOKENTRAY_MODEL_RUNS: '3000',
};
const env = { ...process.env, ...counts };
const limit = ['--testTimeout', String(30 * 60_000)];
const codes = [
  await run('vitest', ['run', '--project', 'unit', ...limit, 'test/main/refresh'], env),
  await run('vitest', ['run', '--project', 'integration', ...limit, ...process.argv.slice(2)], env),
];
process.exit(codes.every((code) => code === 0) ? 0 : 1);
