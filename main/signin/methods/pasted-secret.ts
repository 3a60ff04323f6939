import type { Failure } from '../../../contract/errors.ts';
import type { SignInField } from '../../../contract/sign-in.ts';
import { joinSecrets } from '../../credentials/sent.ts';
import { isoTime, type Clock } from '../../lib/clock.ts';
import { failure, ok, type Result } from '../../lib/result.ts';
import type { ProviderDefinition } from '../../providers/definition.ts';
import { onInstance, openable } from '../../providers/instance.ts';
import { methodOf } from '../../providers/methods.ts';
import { secretName, type SecretMethod } from '../../providers/secret-method.ts';
import { expiryDate } from '../expiry-date.ts';
import type { Attempt, Conversation, Method } from '../method.ts';
import type { SignInRequest } from '../ports.ts';
import { secretText } from '../secret-text.ts';
import { tryWays } from '../try-ways.ts';
import { instanceAddress, siteAddress } from '../site-address.ts';

/** For a secret to be created at the provider and pasted. */
const ENTER_LIMIT_MS = 30 * 60_000;

export interface PastedSecretOptions {
  clock: Clock;
}

/** Every method whose secret a person creates at the provider and enters here; the definition says what else is asked. */
export class PastedSecret implements Method {
  readonly methods = ['api-token', 'personal-access-token', 'basic', 'api-key', 'access-token'] as const;
  readonly grant = null;
  readonly #options: PastedSecretOptions;

  constructor(options: PastedSecretOptions) {
    this.#options = options;
  }

  // oxlint-disable-next-line typescript/require-await -- the port is asynchronous
  async prepare(request: SignInRequest, definition: ProviderDefinition): Promise<Result<Attempt>> {
    const name = this.methods.find((method) => method === request.method) ?? 'api-token';
    const settings = methodOf<SecretMethod['method']>(definition, name);
    if (settings === null) throw new Error('the method was not chosen from the definition');
    const deadline = isoTime(this.#options.clock.now() + ENTER_LIMIT_MS);
    return ok({
      stage: {
        stage: 'enter-secret',
        fields: fieldsOf(request, definition, settings),
        createUrl: openable(settings.createUrl),
        notice: settings.hint ?? null,
        error: null,
        deadline,
      },
      limitMs: ENTER_LIMIT_MS,
      answer: (conversation, values) => this.#answer(conversation, settings, values),
      dispose: () => undefined,
    });
  }

  /** On a refusal the stage stays and tells it, so that the person can correct what they entered. */
  async #answer(
    conversation: Conversation,
    settings: SecretMethod,
    values: Readonly<Record<string, string>>,
  ): Promise<Result<void>> {
    const { stage } = conversation;
    if (stage.stage !== 'enter-secret') return ok(undefined);
    const entered = readValues(conversation, settings, values, this.#options.clock.now());
    if (!entered.ok) return failure(entered.error);
    const { definition, siteUrl, username, secret, expiresAt, warning } = entered.value;
    conversation.show({ stage: 'exchanging', notice: null });
    const { clock } = this.#options;
    const { fetch } = conversation;
    const found = await tryWays({ fetch, clock, definition, settings, siteUrl, username, secret });
    if (!found.ok) {
      const error = { ...found.error, ...fieldAtFault(found.error, stage.fields) };
      conversation.show({
        ...stage,
        fields: stage.fields.map((field) =>
          field.kind === 'secret' ? field : { ...field, value: values[field.name] ?? field.value },
        ),
        notice: warning ?? stage.notice,
        error,
      });
      return failure(error);
    }
    await conversation.finish({
      client: null,
      grant: null,
      ...found.value,
      madeFor: found.value.sites[0],
      tokens: {
        accessToken: secret,
        refreshToken: null,
        expiresAt: expiresAt ?? found.value.expiresAt,
        obtainedAt: clock.now(),
        scopes: null,
      },
      requestedScopes: [],
      grantedScopes: [],
    });
    return ok(undefined);
  }
}

interface Entered {
  definition: ProviderDefinition;
  siteUrl: string | null;
  username: string;
  secret: string;
  expiresAt: number | null;
  warning: string | null;
}

function readValues(
  { definition, request }: Conversation,
  settings: SecretMethod,
  values: Readonly<Record<string, string>>,
  now: number,
): Result<Entered> {
  const given = (name: string, known: string | null): string => values[name]?.trim() ?? known ?? '';
  let onIt = definition;
  let siteUrl: string | null = null;
  const { identity, instance } = definition;
  if (instance !== undefined) {
    const address = instanceAddress(given('url', request.url ?? instance.default ?? null), instance.example);
    if (!address.ok) return at('url', address);
    onIt = onInstance(definition, address.value);
  } else if (identity.kind === 'atlassian-cloud') {
    const address = siteAddress(given('site', siteOf(request)), identity.siteUrl);
    if (!address.ok) return at('site', address);
    siteUrl = address.value;
  }
  const secret = secretText(values['secret'] ?? '', settings);
  if (!secret.ok) return at('secret', secret);
  const secrets = [secret.value.secret];
  for (const [index, { label }] of furtherSecrets(settings).entries()) {
    const further = secretText(values[furtherName(index)] ?? '', {
      ...settings,
      label,
      prefixes: [],
      refused: [],
    });
    if (!further.ok) return at(furtherName(index), further);
    secrets.push(further.value.secret);
  }
  const expires = expiryDate(values['expires'] ?? '', now);
  if (!expires.ok) return at('expires', expires);
  const username = given('username', request.username);
  if (username === '' && ['email', 'text'].includes(settings.username))
    return failure({
      code: 'invalid-input',
      message: settings.username === 'email' ? 'The e-mail address is missing.' : 'The user name is missing.',
      hint: 'It is sent together with the secret.',
      field: 'username',
    });
  return ok({
    definition: onIt,
    siteUrl,
    username,
    ...secret.value,
    secret: joinSecrets(secrets),
    expiresAt: values['expires'] === undefined ? request.expiresAt : expires.value,
  });
}

/** A refusal with the field that it is about. */
const at = (field: string, { error }: { error: Failure }): Result<never> => failure({ ...error, field });

/** What to correct after the provider answered; nothing where no field is at fault, as with a network that fails. */
function fieldAtFault({ code }: Failure, fields: readonly SignInField[]): { field?: string } {
  if (code === 'denied' || code === 'missing-scope') return { field: 'secret' };
  if (code !== 'invalid-input') return {};
  const address = fields.find(({ name }) => name === 'url' || name === 'site');
  return address ? { field: address.name } : {};
}

const siteOf = ({ site, reconnects }: SignInRequest): string | null => site ?? reconnects?.site?.url ?? null;

function fieldsOf(
  request: SignInRequest,
  definition: ProviderDefinition,
  settings: SecretMethod,
): SignInField[] {
  const { instance, identity } = definition;
  const fields: SignInField[] = [];
  const add = (field: Partial<SignInField> & Pick<SignInField, 'name' | 'label' | 'kind'>): void => {
    fields.push({ optional: false, hint: null, value: null, choices: [], ...field });
  };
  if (instance !== undefined)
    add({
      name: 'url',
      label: 'Address',
      kind: 'url',
      hint: `Such as ${instance.example}`,
      value: request.url ?? request.reconnects?.site?.url ?? instance.default ?? null,
    });
  if (identity.kind === 'atlassian-cloud')
    add({
      name: 'site',
      label: 'Site',
      kind: 'text',
      hint: `Such as acme or ${identity.siteUrl.replace('{name}', 'acme')}`,
      value: siteOf(request),
    });
  if (settings.username !== 'none')
    add({
      name: 'username',
      label: settings.username === 'text' ? 'User name' : 'E-mail address',
      kind: settings.username === 'text' ? 'text' : 'email',
      optional: settings.username === 'optional-email',
      value: request.username ?? request.reconnects?.account.email ?? null,
    });
  const label = secretName(settings);
  add({ name: 'secret', label: label.charAt(0).toUpperCase() + label.slice(1), kind: 'secret' });
  for (const [index, further] of furtherSecrets(settings).entries())
    add({ name: furtherName(index), label: further.label, kind: 'secret' });
  if (settings.expiry !== 'none')
    add({
      name: 'expires',
      label: 'Ends on',
      kind: 'date',
      optional: true,
      hint:
        settings.expiry === 'read'
          ? 'Leave it empty to let the server say; Tokentray reminds you a week and a day before.'
          : 'Tokentray reminds you a week and a day before.',
      value: request.expiresAt === null ? null : isoTime(request.expiresAt).slice(0, 10),
    });
  return fields;
}

/** What is asked for beside the secret itself. */
const furtherSecrets = ({ ways }: SecretMethod): readonly { label: string }[] =>
  ways.find((way) => way.as === 'header')?.also ?? [];

const furtherName = (index: number): string => `secret-${index + 2}`;
