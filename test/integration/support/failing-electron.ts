/** Scripts that end as Electron does where it cannot start, and the words for it. */
export const FAILING_ELECTRON: readonly { what: string; script: string; why: string }[] = [
  { what: 'aborts, as without a sandbox', script: 'kill -ABRT $$', why: 'crashed with SIGABRT' },
  {
    what: 'lacks a library',
    script: 'echo "error while loading shared libraries: libnss3.so" >&2; exit 127',
    why: 'exit code 127: a library that it needs is missing',
  },
  {
    what: 'cannot open the display',
    script: 'echo "Missing X server or \\$DISPLAY" >&2; exit 1',
    why: 'exit code 1',
  },
];
