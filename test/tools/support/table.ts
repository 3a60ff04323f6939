const WIDTHS = [22, 20, 28];

/** Rows of what was tried, each printed with how it went as soon as that is known. */
export class Table {
  #failed = 0;

  /** `file` null: it cannot be installed here, and the row says so. */
  async row(
    columns: readonly string[],
    file: string | null,
    use: (file: string) => Promise<boolean>,
  ): Promise<void> {
    const print = (outcome: string): void => {
      console.log(columns.map((text, column) => text.padEnd(WIDTHS[column] ?? 0)).join(' ') + outcome);
    };
    if (file === null) {
      print('not run here (cannot be installed)');
      return;
    }
    const why = await use(file).then(
      (isGood) => (isGood ? null : 'it did not read what is there'),
      (fault: unknown) => (fault instanceof Error ? fault.message : String(fault)),
    );
    if (why !== null) this.#failed += 1;
    print(why === null ? 'passed' : `FAILED: ${why}`);
  }

  get exitCode(): number {
    return this.#failed === 0 ? 0 : 1;
  }
}
