import airtable from './bundled/airtable.json' with { type: 'json' };
import anthropic from './bundled/anthropic.json' with { type: 'json' };
import asana from './bundled/asana.json' with { type: 'json' };
import atlassian from './bundled/atlassian.json' with { type: 'json' };
import atlassianMcp from './bundled/atlassian-mcp.json' with { type: 'json' };
import bambooDataCenter from './bundled/bamboo-data-center.json' with { type: 'json' };
import bitbucket from './bundled/bitbucket.json' with { type: 'json' };
import bitbucketDataCenter from './bundled/bitbucket-data-center.json' with { type: 'json' };
import box from './bundled/box.json' with { type: 'json' };
import cloudflare from './bundled/cloudflare.json' with { type: 'json' };
import confluenceDataCenter from './bundled/confluence-data-center.json' with { type: 'json' };
import datadog from './bundled/datadog.json' with { type: 'json' };
import digitalocean from './bundled/digitalocean.json' with { type: 'json' };
import discord from './bundled/discord.json' with { type: 'json' };
import dropbox from './bundled/dropbox.json' with { type: 'json' };
import figma from './bundled/figma.json' with { type: 'json' };
import github from './bundled/github.json' with { type: 'json' };
import githubEnterprise from './bundled/github-enterprise.json' with { type: 'json' };
import gitlab from './bundled/gitlab.json' with { type: 'json' };
import google from './bundled/google.json' with { type: 'json' };
import grafana from './bundled/grafana.json' with { type: 'json' };
import heroku from './bundled/heroku.json' with { type: 'json' };
import hubspot from './bundled/hubspot.json' with { type: 'json' };
import huggingface from './bundled/huggingface.json' with { type: 'json' };
import jenkins from './bundled/jenkins.json' with { type: 'json' };
import jiraDataCenter from './bundled/jira-data-center.json' with { type: 'json' };
import linear from './bundled/linear.json' with { type: 'json' };
import microsoft from './bundled/microsoft.json' with { type: 'json' };
import notion from './bundled/notion.json' with { type: 'json' };
import npm from './bundled/npm.json' with { type: 'json' };
import okta from './bundled/okta.json' with { type: 'json' };
import openai from './bundled/openai.json' with { type: 'json' };
import opsgenie from './bundled/opsgenie.json' with { type: 'json' };
import pagerduty from './bundled/pagerduty.json' with { type: 'json' };
import salesforce from './bundled/salesforce.json' with { type: 'json' };
import sentry from './bundled/sentry.json' with { type: 'json' };
import slack from './bundled/slack.json' with { type: 'json' };
import spotify from './bundled/spotify.json' with { type: 'json' };
import statuspage from './bundled/statuspage.json' with { type: 'json' };
import supabase from './bundled/supabase.json' with { type: 'json' };
import trello from './bundled/trello.json' with { type: 'json' };
import vercel from './bundled/vercel.json' with { type: 'json' };
import zoom from './bundled/zoom.json' with { type: 'json' };
import { complete, type DefinitionInput } from './complete.ts';
import type { ProviderDefinition } from './definition.ts';
import { governmentCloud } from './government-cloud.ts';

const FILES: readonly unknown[] = [
  atlassian,
  jiraDataCenter,
  confluenceDataCenter,
  bitbucketDataCenter,
  bambooDataCenter,
  bitbucket,
  trello,
  statuspage,
  opsgenie,
  atlassianMcp,
  github,
  githubEnterprise,
  gitlab,
  google,
  microsoft,
  slack,
  notion,
  linear,
  figma,
  sentry,
  pagerduty,
  asana,
  zoom,
  dropbox,
  hubspot,
  salesforce,
  okta,
  discord,
  spotify,
  box,
  airtable,
  huggingface,
  supabase,
  vercel,
  digitalocean,
  heroku,
  openai,
  anthropic,
  datadog,
  grafana,
  jenkins,
  npm,
  cloudflare,
];

/** The definitions that Tokentray includes, in the order in which they are shown. */
export const BUNDLED_DEFINITIONS: readonly ProviderDefinition[] = FILES.flatMap((file) => {
  const definition = complete(file as DefinitionInput);
  return file === atlassian ? [definition, governmentCloud(definition)] : [definition];
});
