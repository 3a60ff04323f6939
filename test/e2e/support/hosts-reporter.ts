import { HOSTS, LEFT_OUT, type HostName } from './driver.ts';
import { electronProgram } from '../../../build/electron-dist.ts';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** What is said of a host that no test ran on: it was not run, which is not the same as passed. */
const ABSENT: Readonly<Record<HostName, string>> = {
  'browser host': 'not run here',
  'electron stand-in': 'not run here',
  electron: electronProgram() === null ? 'not run here (no binary)' : 'not run here',
};

/** Ends the run with one line a host. */
class HostsReporter implements Reporter {
  /** By test, so that a second try counts in place of the first. */
  readonly #last = new Map<string, { host: string; status: TestResult['status'] }>();
  readonly #leftOut = new Map<string, string>();

  onTestEnd(test: TestCase, result: TestResult): void {
    const host = test.parent.project()?.name ?? 'browser host';
    this.#last.set(test.id, { host, status: result.status });
    const steps = result.annotations.filter(({ type }) => type === LEFT_OUT);
    if (steps.length === 0) return;
    const words = steps.map(({ description }) => description).join('; ');
    this.#leftOut.set(test.id, `${host}, “${test.title}”, left out where there is no desktop: ${words}`);
  }

  onEnd(): void {
    const results = [...this.#last.values()].filter(({ status }) => status !== 'skipped');
    for (const line of this.#leftOut.values()) console.log(line);
    for (const host of HOSTS) {
      const here = results.filter((result) => result.host === host);
      const passed = here.filter(({ status }) => status === 'passed').length;
      const failed = passed === here.length ? '' : `, ${here.length - passed} failed`;
      console.log(`${host}: ${here.length > 0 ? `${passed} passed${failed}` : ABSENT[host]}`);
    }
  }
}

export default HostsReporter;
