const ADDRESS = /^\/([\w.~-]+\/[\w.-]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** Which repository a path is for, and what of it, in git's protocol (gitprotocol-http); null for other paths. Pure. */
export function gitAddress(path: string): { repository: string; resource: string } | null {
  const [, repository, resource] = ADDRESS.exec(path) ?? [];
  return repository === undefined || resource === undefined ? null : { repository, resource };
}

/** What git and browsers ask a person for a password by. */
export const askForPassword = (realm: string): Readonly<Record<string, string>> => ({
  'www-authenticate': `Basic realm="${realm}"`,
});
