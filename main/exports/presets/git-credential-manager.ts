import type { AdvicePreset } from './preset.ts';

/**
 * Git Credential Manager signs in by itself; its `GCM_BITBUCKET_…` variables are an OAuth client's, not a token. git asks
 * whichever helper it is told of (gitcredentials(7)), so that Tokentray can be asked in its place.
 */
export const gitCredentialManager: AdvicePreset = {
  kind: 'advice',
  name: 'git-credential-manager',
  description: 'Git Credential Manager: git can ask Tokentray in its place',
  link: 'https://github.com/git-ecosystem/git-credential-manager',
  needs: { apis: ['bitbucket', 'git'] },
  advise: () => ({
    code: 'unsupported',
    message: 'Git Credential Manager takes no token from variables: it signs in by itself.',
    hint: 'Have git ask Tokentray instead: tokentray git install HOST',
  }),
};
