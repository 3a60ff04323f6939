/** Suggested for a backup made at this time, such as `tokentray-2026-11-28.age`. Pure. */
export function backupFileName(now: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `tokentray-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.age`;
}
