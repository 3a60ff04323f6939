/** The system's name for what went wrong with a file, such as `ENOENT`; `unknown` where it has none. */
export const systemCode = (fault: unknown): string =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : 'unknown';
