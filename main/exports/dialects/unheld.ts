/** Why no process can have the value in its environment (completes "contains …"); null when it can. */
export function unheldByProcesses(value: string): string | null {
  if (value.includes('\0')) return 'a NUL character';
  return value.isWellFormed() ? null : 'half of a character pair';
}
