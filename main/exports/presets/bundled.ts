import type { BundledPreset } from '../../../contract/vocabulary.ts';
import { aashariMcp } from './aashari-mcp.ts';
import { acli } from './acli.ts';
import { atlassian } from './atlassian.ts';
import { atlassianPythonApi } from './atlassian-python-api.ts';
import { authsome } from './authsome.ts';
import { bkt } from './bkt.ts';
import { confluenceCli } from './confluence-cli.ts';
import { forge } from './forge.ts';
import { gitCredentialManager } from './git-credential-manager.ts';
import { jiraCli } from './jira-cli.ts';
import { jiraJs } from './jira-js.ts';
import { mcpAtlassian } from './mcp-atlassian.ts';
import type { Preset } from './preset.ts';
import { terraformAtlassian } from './terraform-atlassian.ts';
import { terraformBitbucket } from './terraform-bitbucket.ts';
import { terraformJira } from './terraform-jira.ts';

/** The presets that Tokentray includes, in the order in which they are shown. */
export const BUNDLED_PRESETS: Readonly<Record<BundledPreset, Preset>> = {
  atlassian,
  'mcp-atlassian': mcpAtlassian,
  'jira-cli': jiraCli,
  'jira-js': jiraJs,
  'confluence-cli': confluenceCli,
  bkt,
  'aashari-mcp': aashariMcp,
  'terraform-jira': terraformJira,
  'terraform-atlassian': terraformAtlassian,
  'terraform-bitbucket': terraformBitbucket,
  forge,
  authsome,
  acli,
  'atlassian-python-api': atlassianPythonApi,
  'git-credential-manager': gitCredentialManager,
};
