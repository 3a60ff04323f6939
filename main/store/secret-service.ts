import { BodyReader, BodyWriter } from '../lib/dbus-wire.ts';
import type { SessionBus } from '../lib/session-bus.ts';
import { openSecretSession, type SecretSession } from './secret-session.ts';

const SECRET_SERVICE = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const INTERFACE = 'org.freedesktop.Secret';
/** The path that means that there is none. */
const NOTHING = '/';

type Attributes = Readonly<Record<string, string>>;

/** What the Secret Service says of the items with some attributes. */
export interface ItemSearch {
  /** Object paths. */
  unlocked: string[];
  locked: string[];
}

/** The prompt was closed, by the user or by a program on their behalf. */
export class PromptDismissed extends Error {
  constructor() {
    super('The prompt was dismissed');
  }
}

/**
 * The Secret Service on one connection to the bus; `bus` has said hello. Any call may reject with the service's or
 * the bus's own text. Nothing is asked of a person except where it is said.
 * https://specifications.freedesktop.org/secret-service-spec/latest/
 */
export class SecretService {
  readonly #bus: SessionBus;
  readonly #onPrompting: (prompting: boolean) => void;
  #session: SecretSession | null = null;

  /** `onPrompting` is called around each question to the person. */
  constructor(bus: SessionBus, onPrompting: (prompting: boolean) => void = () => undefined) {
    this.#bus = bus;
    this.#onPrompting = onPrompting;
  }

  async search(attributes: Attributes): Promise<ItemSearch> {
    const body = new BodyWriter().stringMap(attributes);
    const found = await this.#call(ROOT, 'Service', 'SearchItems', 'a{ss}', body);
    return { unlocked: found.strings(), locked: found.strings() };
  }

  /** Where new items go; null while there is no such keyring. */
  async defaultCollection(): Promise<string | null> {
    const body = new BodyWriter().string('default');
    const path = (await this.#call(ROOT, 'Service', 'ReadAlias', 's', body)).string();
    return path === NOTHING ? null : path;
  }

  async isLocked(collection: string): Promise<boolean> {
    const body = await this.#bus.call({
      destination: SECRET_SERVICE,
      path: collection,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: new BodyWriter().string(`${INTERFACE}.Collection`).string('Locked').bytes(),
    });
    const variant = new BodyReader(body);
    return variant.signature() === 'b' && variant.uint32() === 1;
  }

  /** Asks the person where that is needed; rejects with `PromptDismissed` when they say no. */
  async unlock(object: string): Promise<void> {
    const answer = await this.#call(ROOT, 'Service', 'Unlock', 'ao', new BodyWriter().strings([object]));
    answer.strings();
    await this.#prompt(answer.string());
  }

  /** The text of an unlocked item. */
  async secret(item: string): Promise<string> {
    const session = await this.#open();
    const answer = await this.#call(item, 'Item', 'GetSecret', 'o', new BodyWriter().string(session.path));
    answer.align(8).string();
    const [parameters, value] = [answer.byteArray(), answer.byteArray()];
    const plain = session.decrypt(value, parameters);
    const text = plain.toString('utf8');
    plain.fill(0);
    return text;
  }

  /** Changes the text of an item; asks the person to unlock it. */
  async setSecret(item: string, text: string): Promise<void> {
    const session = await this.#open();
    await this.unlock(item);
    const plain = Buffer.from(text, 'utf8');
    const { value, parameters } = session.encrypt(plain);
    if (value !== plain) plain.fill(0);
    const body = new BodyWriter()
      .align(8)
      .string(session.path)
      .byteArray(parameters)
      .byteArray(value)
      .string('text/plain');
    await this.#call(item, 'Item', 'SetSecret', '(oayays)', body);
  }

  /** Adds an item or replaces the one of the same attributes; asks the person to unlock or to make a keyring. */
  async store(item: { label: string; attributes: Attributes; text: string }): Promise<void> {
    const { label, attributes, text } = item;
    const session = await this.#open();
    const collection = (await this.defaultCollection()) ?? (await this.#createDefault());
    if (await this.isLocked(collection)) await this.unlock(collection);
    const plain = Buffer.from(text, 'utf8');
    const { value, parameters } = session.encrypt(plain);
    if (value !== plain) plain.fill(0);
    const body = new BodyWriter()
      .dictionary(
        {
          [`${INTERFACE}.Item.Label`]: (writer: BodyWriter) => writer.signature('s').string(label),
          [`${INTERFACE}.Item.Attributes`]: (writer: BodyWriter) =>
            writer.signature('a{ss}').stringMap(attributes),
        },
        (writer, write) => write(writer),
      )
      .align(8)
      .string(session.path)
      .byteArray(parameters)
      .byteArray(value)
      .string('text/plain')
      .uint32(1);
    const answer = await this.#call(collection, 'Collection', 'CreateItem', 'a{sv}(oayays)b', body);
    answer.string();
    await this.#prompt(answer.string());
  }

  async #createDefault(): Promise<string> {
    const body = new BodyWriter()
      .dictionary({ [`${INTERFACE}.Collection.Label`]: 'Default keyring' }, (writer, label) =>
        writer.signature('s').string(label),
      )
      .string('default');
    const answer = await this.#call(ROOT, 'Service', 'CreateCollection', 'a{sv}s', body);
    const collection = answer.string();
    await this.#prompt(answer.string());
    const made = collection === NOTHING ? await this.defaultCollection() : collection;
    if (made === null) throw new Error('no keyring was made');
    return made;
  }

  async #open(): Promise<SecretSession> {
    return (this.#session ??= await openSecretSession(async (algorithm, input) => {
      const body = new BodyWriter().string(algorithm);
      if (input === null) body.signature('s').string('');
      else body.signature('ay').byteArray(input);
      return this.#call(ROOT, 'Service', 'OpenSession', 'sv', body);
    }));
  }

  /** Shows a prompt and waits for what the person does; or until the service that shows it has gone. */
  async #prompt(path: string): Promise<void> {
    if (path === NOTHING) return;
    const answered = Promise.withResolvers<BodyReader>();
    const subscription = this.#bus.onSignal((signal) => {
      if (signal.member === 'Completed' && signal.path === path)
        answered.resolve(new BodyReader(signal.body));
      if (signal.member !== 'NameOwnerChanged') return;
      const change = new BodyReader(signal.body);
      if (change.string() === SECRET_SERVICE)
        answered.reject(new Error('Could not connect: the keychain ended'));
    });
    answered.promise.catch(() => undefined);
    try {
      await this.#bus.match(
        `type='signal',interface='${INTERFACE}.Prompt',member='Completed',path='${path}'`,
      );
      await this.#bus.match(`type='signal',member='NameOwnerChanged',arg0='${SECRET_SERVICE}'`);
      this.#onPrompting(true);
      await this.#call(path, 'Prompt', 'Prompt', 's', new BodyWriter().string(''));
      const answer = await Promise.race([answered.promise, this.#bus.closed]);
      if (answer.uint32() !== 0) throw new PromptDismissed();
    } finally {
      this.#onPrompting(false);
      void subscription.dispose();
    }
  }

  async #call(
    path: string,
    type: 'Service' | 'Collection' | 'Item' | 'Prompt',
    member: string,
    signature: string,
    body: BodyWriter,
  ): Promise<BodyReader> {
    const reply = await this.#bus.call({
      destination: SECRET_SERVICE,
      path,
      interface: `${INTERFACE}.${type}`,
      member,
      signature,
      body: body.bytes(),
    });
    return new BodyReader(reply);
  }
}
