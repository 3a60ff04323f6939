import { z } from 'zod';
import { PresetName } from '../../../contract/export.ts';
import { SignInMethod } from '../../../contract/connection.ts';
import { MOST_TEMPLATE_CHARS } from '../templates/parse-template.ts';

const MOST_VARIABLES = 200;

const text = () => z.string().max(MOST_TEMPLATE_CHARS);

const ids = () =>
  z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be an id, such as atlassian'))
    .min(1)
    .max(20);

/**
 * What decides which code a program loads, or which program a name means: a preset is for what a tool is told, and one of
 * a stranger must not start anything.
 */
const LOADS_CODE =
  /^(?:PATH|LD_.*|DYLD_.*|NODE_OPTIONS|NODE_PATH|PYTHONSTARTUP|PYTHONPATH|PYTHONHOME|PERL5(?:LIB|OPT)|RUBY(?:LIB|OPT)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|BASH_ENV|ENV|SHELLOPTS|PROMPT_COMMAND|IFS|GCONV_PATH|GIT_(?:SSH|SSH_COMMAND|ASKPASS|EXEC_PATH|EXTERNAL_DIFF|CONFIG_.*)|EDITOR|VISUAL|PAGER|SHELL|ComSpec|PSModulePath)$/i;

/**
 * A preset as people write it in a file. The text of variables and templates has placeholders, such as
 * `{{ connection.access_token }}`.
 */
export const PresetFile = z.lazy(() =>
  z
    .strictObject({
      /** The address of the JSON Schema, for editors. */
      $schema: z.string().max(2000).optional(),
      /** What the preset is called; the name of the file where it is left out. */
      name: PresetName.optional(),
      /** One line for people. */
      description: z.string().min(1).max(200).optional(),
      /** Where the tool that it is for is described. */
      link: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .optional(),
      /** Which connections it works with; all of them where it is left out. */
      needs: z
        .strictObject({
          /** Ids of providers, such as `atlassian`. */
          providers: ids().optional(),
          /** Ids of APIs, one of which the connection opens, such as `jira`. */
          apis: ids().optional(),
          /** `site`: an Atlassian Cloud site; `cloud`: a cloud service; `self-hosted`: a server of one's own. */
          on: z.enum(['site', 'cloud', 'self-hosted']).optional(),
          /** How the credential is sent. */
          sent: z.enum(['bearer', 'basic', 'header']).optional(),
          /** How the connection was made. */
          methods: z.array(SignInMethod).min(1).optional(),
        })
        .optional(),
      /** Names of environment variables, each with its text. An `optional` one is left out where a value is missing. */
      variables: z
        .record(
          z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, 'must be the name of an environment variable'),
          z.union([text(), z.strictObject({ value: text(), optional: z.boolean().optional() })]),
        )
        .refine((variables) => !Object.keys(variables).some((name) => LOADS_CODE.test(name)), {
          error: 'sets a variable that decides which code programs load',
        })
        .refine((variables) => Object.keys(variables).length > 0, { error: 'names no variable' })
        .refine((variables) => Object.keys(variables).length <= MOST_VARIABLES, {
          error: `names more than ${MOST_VARIABLES} variables`,
        })
        .optional(),
      /** A whole file instead of variables. It can also be in a file beside this one: same name, ending in `.tmpl`. */
      template: text().optional(),
      /** The tool asks at addresses of its own, whatever it is given, so that `run --gateway` is not for it. */
      fixedHosts: z.boolean().optional(),
    })
    .refine(({ variables, template }) => variables === undefined || template === undefined, {
      error: 'has both variables and a template: keep one of them',
      path: ['template'],
    }),
);
export type PresetFile = z.infer<typeof PresetFile>;
