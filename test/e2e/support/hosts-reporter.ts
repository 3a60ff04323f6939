import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Every host that the product is made for; one that has no project here was not run, and the run says so. */
const HOSTS: Readonly<Record<string, string>> = {
  'browser host': 'not run here',
  'electron stand-in': 'not run here (the desktop shell is not part of this version yet)',
  electron: 'not run here (no binary)',
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
    for (const [host, absent] of Object.entries(HOSTS)) {
      const counts = this.#counts.get(host);
      const failed = counts && counts.failed > 0 ? `, ${counts.failed} failed` : '';
      console.log(`${host}: ${counts ? `${counts.passed} passed${failed}` : absent}`);
    }
  }
}

export default HostsReporter;
