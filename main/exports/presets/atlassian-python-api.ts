import type { AdvicePreset } from './preset.ts';

/**
 * atlassian-python-api reads no environment, and its documentation has no names for one. Given an address at which the
 * token works, `token=` is sent as Bearer, `username=` and `password=` as Basic (its `rest_client.py`, 5.0.5).
 */
export const atlassianPythonApi: AdvicePreset = {
  kind: 'advice',
  name: 'atlassian-python-api',
  description: 'Python library for Jira, Confluence and Bitbucket: shows how to give it the token',
  link: 'https://github.com/atlassian-api/atlassian-python-api',
  needs: { apis: ['jira', 'confluence', 'bitbucket'] },
  advise: ({ connection: { sent } }) => ({
    code: 'unsupported',
    message: 'atlassian-python-api reads no variables: a program gives it what it has read itself.',
    hint:
      sent.as === 'bearer'
        ? 'Use the preset atlassian, or one of your own, and in Python: Jira(url=os.environ["ATLASSIAN_JIRA_API_URL"], token=os.environ["ATLASSIAN_ACCESS_TOKEN"])'
        : 'Use the preset jira-js, or one of your own, and in Python: Jira(url=os.environ["JIRA_BASE_URL"], username=os.environ["JIRA_EMAIL"], password=os.environ["JIRA_API_TOKEN"])',
  }),
};
