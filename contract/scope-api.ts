/** The API that a scope is for, by what its name contains; null when it is for none of them. Pure. */
export function apiOfScope(
  scope: string,
  apis: readonly { id: string; scopePattern?: string | null | undefined }[],
): string | null {
  for (const { id, scopePattern } of apis)
    if (scopePattern?.split('|').some((part) => part !== '' && scope.includes(part))) return id;
  return null;
}
