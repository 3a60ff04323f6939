import { HOSTS, type HostName } from './driver.ts';
import { electronBinary } from './electron-binary.ts';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** What is said of a host that no test ran on: it was not run, which is not the same as passed. */
const ABSENT: Readonly<Record<HostName, string>> = {
  'browser host': 'not run here',
  'electron stand-in': 'not run here',
  electron: electronBinary() === null ? 'not run here (no binary)' : 'not run here',
};

/** Ends the run with one line a host. */
class HostsReporter implements Reporter {
  readonly #counts = new Map<string, { passed: number; failed: number }>();

  onTestEnd(test: TestCase, result: TestResult): void {
    const host = test.parent.project()?.name ?? 'browser host';
    const counts = this.#counts.get(host) ?? { passed: 0, failed: 0 };
    if (result.status === 'passed') counts.passed += 1;
    else if (result.status !== 'skipped') counts.failed += 1;
    this.#counts.set(host, counts);
  }

  onEnd(): void {
    for (const host of HOSTS) {
      const counts = this.#counts.get(host);
      const failed = counts && counts.failed > 0 ? `, ${counts.failed} failed` : '';
      console.log(`${host}: ${counts ? `${counts.passed} passed${failed}` : ABSENT[host]}`);
    }
  }
}

export default HostsReporter;
